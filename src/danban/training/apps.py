from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "danban.training"

    def ready(self) -> None:
        from danban.training import evidence  # noqa: F401 - makes its kind of record known
