from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OperationsConfig(AppConfig):
    name = "danban.operations"

    def ready(self) -> None:
        # Each app's tasks.py, evidence.py, kinds.py and requirements.py register what they offer.
        autodiscover_modules("tasks", "evidence", "kinds", "requirements")
