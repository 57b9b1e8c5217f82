import sys

from place_kit.cli import main

sys.exit(main())
