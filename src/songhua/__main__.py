"""python -m songhua: the command line."""

from songhua.cli import main

if __name__ == "__main__":
    main()
