#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Declare the interface of glia in another language:

    bindings/declare.py LANGUAGE > FILE

where LANGUAGE is one of c, ctypes, fortran, lua, node, ruby, rust. Everything is made from bindings/api.json. Beside
the declarations there is what the tests compare with C: the size of each struct, the places of its fields, the number
of calls.
"""
import importlib
import sys

from interface import Interface

LANGUAGES = ("c", "ctypes", "fortran", "lua", "node", "ruby", "rust")


def declarations(language):
    return importlib.import_module(f"declare_{language}").declarations(Interface())


def main():
    if len(sys.argv) != 2 or sys.argv[1] not in LANGUAGES:
        sys.exit(__doc__.strip())
    print(declarations(sys.argv[1]), end="")


if __name__ == "__main__":
    main()
