"""A conda channel in a folder, made of what this machine has, for proving the recipe where no channel is reachable.

The interpreter comes from an installed CPython, the compiler is the system's, the libraries are Debian's packages moved
to a prefix, and the Python packages are wheels. Each is built by rattler-build itself, so prefix placeholders, rpaths,
run_exports and repodata are real; only where the contents come from is not conda-forge.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from _common import Stop, output, run, say
from _hidden import triplet
from packaging.requirements import Requirement
from rattler_build import Stage0Recipe, ToolConfiguration, VariantConfig

SUBDIR = "linux-64"
# Debian's packages by the name that conda-forge has for them.
LIBRARIES = {
    "zeromq": ["libzmq5", "libzmq3-dev"],
    "cppzmq": ["cppzmq-dev"],
    "omniorb-libs": [
        "libomniorb4-2",
        "libomniorb4-dev",
        "libomnithread4",
        "libomnithread4-dev",
        "libcos4-2",
        "libcos4-dev",
    ],
    "cpptango": ["libtango9", "libtango-dev", "liblog4tango5v5", "liblog4tango-dev"],
}


class Channel:
    """The channel for one version of Python, in `folder`; its own working files are in `folder/../work`."""

    def __init__(self, folder: Path, interpreter: Path) -> None:
        self.folder = folder
        self.work = folder.parent / "work"
        self.interpreter = interpreter
        facts = "import json, platform, sys; print(json.dumps([sys.base_prefix, platform.python_version()]))"
        prefix, self.full_version = json.loads(output([interpreter, "-c", facts]))
        self.prefix = Path(prefix)
        self.version = ".".join(self.full_version.split(".")[:2])
        self.cp = "cp" + self.version.replace(".", "")
        self.build = "cpython" if int(self.version.split(".")[1]) < 13 else self.cp
        self.gcc = output(["gcc", "-dumpfullversion"])
        self.versions: dict[str, str] = {}

    def make(self, requirements: Sequence[str]) -> None:
        """Make the whole channel."""
        if self.prefix == Path("/usr"):
            raise Stop(
                f"{self.interpreter} is the system's own Python, whose standard library cannot be moved to a prefix; "
                "give --python-prefix with one that was built into a folder (pyenv, python.org's build)"
            )
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(parents=True)
        self.folder.mkdir(parents=True)
        say(f"stand-ins: Python {self.full_version}")
        self._python()
        say("stand-ins: the system's compiler")
        self._compiler()
        say("stand-ins: Debian's libraries")
        self._libraries()
        say("stand-ins: wheels")
        self._wheels(requirements)
        size = sum(path.stat().st_size for path in self.folder.rglob("*.conda")) / 2**20
        say(f"the channel has {len(list(self.folder.rglob('*.conda')))} packages, {size:.0f} MiB")

    def package(self, name: str, version: str, script: str = "true", **parts: Any) -> None:
        """Build one package; `parts` are host, run, run_exports, constraints and string of its recipe."""
        self.versions[name] = version
        requirements = {
            "host": list(parts.get("host", ())),
            "run": list(parts.get("run", ())),
            "run_constraints": list(parts.get("constraints", ())),
            **({"run_exports": parts["run_exports"]} if "run_exports" in parts else {}),
        }
        recipe = {
            "schema_version": 1,
            "package": {"name": name, "version": version},
            "build": {
                "number": 0,
                "script": {"content": ["set -eu", script]},
                # Without this the channel takes five times as long.
                "python": {"skip_pyc_compilation": ["**/*.py"]},
                "dynamic_linking": {"overlinking_behavior": "ignore"},
                **({"string": parts["string"]} if "string" in parts else {}),
            },
            "requirements": requirements,
        }
        path = self.work / "recipes" / name / "recipe.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(recipe, indent=1))
        variants = VariantConfig({"python": [f"{self.version}.* *_{self.build}"]})
        for variant in Stage0Recipe.from_file(path).render(variants):
            settings = ToolConfiguration(test_strategy="skip")
            channels = [self.folder.as_uri()]
            variant.run_build(settings, self.folder, channels, no_build_id=True, package_format="conda:1")

    def _python(self) -> None:
        abi = f"python_abi {self.version}.* *_{self.cp}"
        self.package("python_abi", self.version, string=f"8_{self.cp}")
        prefix, version = self.prefix, self.version
        skipped = " ".join(
            f"--exclude={name}" for name in ("__pycache__", "site-packages", f"lib/python{version}/test")
        )
        script = f"""
            mkdir -p $PREFIX/bin $PREFIX/lib $PREFIX/include
            cd {prefix}
            cp -a bin/python bin/python3 bin/python{version} $PREFIX/bin/
            cp -a lib/libpython*.so* lib/pkgconfig $PREFIX/lib/
            cp -a include/python{version} $PREFIX/include/
            tar c {skipped} --exclude='config-*/*.a' lib/python{version} | tar x -C $PREFIX
            mkdir -p $PREFIX/lib/python{version}/site-packages
            echo stand-in > $PREFIX/lib/python{version}/site-packages/README.txt
            grep -rlI {prefix} $PREFIX | xargs sed -i "s,{prefix},$PREFIX,g"
        """
        exports = {"weak": [abi], "noarch": ["python"]}
        self.package(
            "python", self.full_version, script, string=f"h0_0_{self.build}", constraints=[abi], run_exports=exports
        )

    def _compiler(self) -> None:
        self._debs("libstdcxx", self.gcc, ["libstdc++6"])
        self._debs("libgcc", self.gcc, ["libgcc-s1"])
        self.package(f"sysroot_{SUBDIR}", "2.17", run_exports={"strong": ["__glibc >=2.17,<3.0.a0"]})
        for name, variables in (("gcc", "CC=/usr/bin/gcc AR=/usr/bin/ar"), ("gxx", "CXX=/usr/bin/g++")):
            flags = (
                f"export {variables}\n"
                'export CFLAGS="-O2 -isystem $PREFIX/include" CXXFLAGS="-O2 -isystem $PREFIX/include"\n'
                'export LDFLAGS="-Wl,-rpath,$PREFIX/lib -Wl,-rpath-link,$PREFIX/lib -L$PREFIX/lib"\n'
            )
            script = f"mkdir -p $PREFIX/etc/conda/activate.d\ncat > $PREFIX/etc/conda/activate.d/{name}.sh <<'END'\n{flags}END"
            strong = [f"libgcc >={self.gcc}", *([f"libstdcxx >={self.gcc}"] if name == "gxx" else [])]
            self.package(f"{name}_{SUBDIR}", self.gcc, script, run_exports={"strong": strong})
        script = """
            mkdir -p $PREFIX/bin
            printf '#!/bin/sh\\nexec /usr/bin/pkg-config "$@"\\n' > $PREFIX/bin/pkg-config
            chmod +x $PREFIX/bin/pkg-config
        """
        self.package("pkg-config", "0.29.2", script)

    def _libraries(self) -> None:
        names = [name for group in LIBRARIES.values() for name in group]
        folder = self.work / "debs"
        folder.mkdir(exist_ok=True)
        run(["apt-get", "--quiet", "--quiet", "download", *names], quiet=True, cwd=folder)
        found = {name: _deb_version(folder, group[0]) for name, group in LIBRARIES.items()}
        for name, group in LIBRARIES.items():
            parts: dict[str, Any] = {}
            if name != "cppzmq":
                parts["run_exports"] = {"weak": [_pin(name, found[name])]}
            if name == "cppzmq":
                parts["run"] = ["zeromq"]
            if name == "cpptango":
                parts["run"] = ["libstdcxx", *(_pin(other, found[other]) for other in ("omniorb-libs", "zeromq"))]
            self._debs(name, found[name], group, **parts)

    def _debs(self, name: str, version: str, packages: Sequence[str], **parts: Any) -> None:
        """Package .debs with the libraries moved from the multiarch folder to lib/ and the .pc files after them."""
        folder = self.work / "debs"
        folder.mkdir(exist_ok=True)
        wanted = [package for package in packages if not list(folder.glob(f"{package}_*.deb"))]
        if wanted:
            run(["apt-get", "--quiet", "--quiet", "download", *wanted], quiet=True, cwd=folder)
        files = " ".join(str(next(folder.glob(f"{package}_*.deb"))) for package in packages)
        multiarch = triplet()
        script = f"""
            for deb in {files}; do dpkg-deb --extract $deb x; done
            mkdir -p $PREFIX/lib
            [ ! -d x/usr/include ] || cp -a x/usr/include $PREFIX/
            for folder in x/lib/{multiarch} x/usr/lib/{multiarch}; do
              [ ! -d $folder ] || cp -a $folder/. $PREFIX/lib/
            done
            rm -f $PREFIX/lib/*.a
            for file in $PREFIX/lib/pkgconfig/*.pc; do
              [ ! -f $file ] || sed -i -e "s,^prefix=.*,prefix=$PREFIX," -e 's,/lib/{multiarch},/lib,' \\
                -e '/^Requires.private/d' $file
            done
        """
        self.package(name, version, script, **parts)

    def _wheels(self, requirements: Sequence[str]) -> None:
        folder = self.work / "wheels"
        pip = [str(self.interpreter), "-m", "pip", "--quiet", "--disable-pip-version-check"]
        plan = [*pip, "install", "--dry-run", "--ignore-installed", "--report", "-", "--only-binary", ":all:"]
        done = subprocess.run([*plan, "pip", *requirements], capture_output=True, text=True)
        if done.returncode:
            raise Stop(f"pip found no set of wheels for {', '.join(requirements)}:\n{done.stderr}")
        chosen = [item["metadata"] for item in json.loads(done.stdout)["install"]]
        pinned = [f"{meta['name']}=={meta['version']}" for meta in chosen]
        run([*pip, "download", "--no-deps", "--only-binary", ":all:", "--dest", folder, *pinned], quiet=True)
        installer = next(folder.glob("pip-*.whl"))
        for meta in chosen:
            name = meta["name"].lower().replace("_", "-")
            wheel = _wheel(folder, meta)
            parts: dict[str, Any] = {
                "host": ["python"],
                "run": ["python", f"python_abi {self.version}.* *_{self.cp}", *self._depends(meta)],
                "string": f"{self.cp}h0_0",
            }
            if name == "numpy":
                parts["run_exports"] = {"weak": ["numpy >=1.25,<3"]}
            install = "install --no-deps --no-index --no-compile"
            self.package(name, meta["version"], f"$PREFIX/bin/python {installer}/pip {install} {wheel}", **parts)

    def _depends(self, meta: dict[str, Any]) -> list[str]:
        environment = {"extra": "", "python_version": self.version, "python_full_version": self.full_version}
        needed = [Requirement(text) for text in meta.get("requires_dist", [])]
        kept = [need for need in needed if not need.marker or need.marker.evaluate(environment)]
        return [f"{need.name.lower().replace('_', '-')} {need.specifier}".strip() for need in kept]


def _wheel(folder: Path, meta: dict[str, Any]) -> Path:
    name = meta["name"].replace("-", "_").replace(".", "_").lower()
    for path in folder.glob("*.whl"):
        if path.name.lower().replace("-", "_", 0).split("-")[0].replace(".", "_") == name:
            return path
    raise Stop(f"pip downloaded no wheel of {meta['name']}")


def _deb_version(folder: Path, package: str) -> str:
    deb = next(folder.glob(f"{package}_*.deb"))
    version = output(["dpkg-deb", "--field", deb, "Version"])
    return version.split(":")[-1].split("+")[0].split("-")[0]


def _pin(name: str, version: str) -> str:
    major, minor = (int(part) for part in version.split(".")[:2])
    return f"{name} >={version},<{major}.{minor + 1}.0a0"
