from importlib import import_module

from django.apps import AppConfig

# One file a subject; each registers its figures, in the order they stand on the leaders' page.
FIGURES = ("kpi_policies", "kpi_tasks", "kpi_answers", "kpi_opinions", "kpi_changes", "kpi_training")


class ReportsConfig(AppConfig):
    name = "danban.reports"

    def ready(self) -> None:
        for name in FIGURES:
            import_module(f"danban.reports.{name}")
