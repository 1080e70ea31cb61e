#!/usr/bin/env bash
# Makes the reference fixtures again, in a virtual environment of its own (TOUCHLINE_REFERENCE_VENV names another).
set -euo pipefail
cd "$(dirname "$0")"

venv="${TOUCHLINE_REFERENCE_VENV:-.venv}"
if [ ! -x "$venv/bin/python" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet -r requirements.txt
fi
"$venv/bin/python" -B make.py "$@"
