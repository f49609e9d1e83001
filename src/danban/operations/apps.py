from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OperationsConfig(AppConfig):
    name = "danban.operations"

    def ready(self) -> None:
        # Each app's tasks.py registers its handlers when it is imported.
        autodiscover_modules("tasks")
