"""python -m assets.population.make FOLDER"""

import sys
from pathlib import Path

from .build import build

build(Path(sys.argv[1]))
