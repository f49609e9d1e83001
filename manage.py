"""Django's own commands, for developers: `danban` is the command for everyone else."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "danban.settings.demo")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
