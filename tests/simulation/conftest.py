"""The simulation's own modules lie beside its tests."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
