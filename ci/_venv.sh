# shellcheck shell=sh
# Sourced by the scripts beside it, in the project's folder: the interpreter of .venv, which Windows keeps elsewhere.
case $(uname -s) in
  MINGW* | MSYS* | CYGWIN*) windows=yes venv_programs=.venv/Scripts ;;
  *) windows="" venv_programs=.venv/bin ;;
esac
venv_python=$venv_programs/python
export windows venv_programs venv_python
