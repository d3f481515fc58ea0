#!/usr/bin/env python3
"""Run a LeadOps command, with its database started for as long as the command needs it."""

import os
import sys

from django.core.management import execute_from_command_line

from leadops import embedded, environment

# These touch no database, or (`up`) look after it themselves.
WITHOUT_DATABASE = {
    "",
    "collectstatic",
    "diffsettings",
    "help",
    "startapp",
    "suggest_mapping",
    "up",
    "version",
    "--help",
    "--version",
}


def main() -> int:
    """Run the command named on the command line and return its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadops.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    try:
        with embedded.hold(*(() if command in WITHOUT_DATABASE else ("postgres",))):
            execute_from_command_line(sys.argv)
    except (embedded.Unavailable, environment.Unset) as problem:
        print(f"leadops: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
