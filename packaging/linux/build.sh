#!/bin/sh
# Makes what people install of build/bundle/dist/carnet: build/packages/*.deb and the portable *.tar.zst.
set -eu
cd "$(dirname "$0")/../.."
bundle="$PWD/build/bundle/dist/carnet"
python="$PWD/build/bundle/venv/bin/python"
out="$PWD/build/packages"
[ -x "$bundle/carnet" ] || { echo "There is no bundle yet: make bundle" >&2; exit 1; }
version=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
machine=$(dpkg --print-architecture)
# Equal sources give equal packages: every file bears the time of the last change.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
export SOURCE_DATE_EPOCH
day=$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%d)
umask 022
rm -rf "$out"
root="$out/root"
mkdir -p "$root/DEBIAN" "$root/usr/bin" "$root/usr/lib" "$root/usr/share/applications" "$root/usr/share/metainfo" \
  "$root/usr/share/icons/hicolor/scalable/apps" "$root/usr/share/doc/carnet"

cp -a "$bundle" "$root/usr/lib/carnet"
ln -s ../lib/carnet/carnet "$root/usr/bin/carnet"
cp packaging/linux/carnet.desktop "$root/usr/share/applications/"
cp packaging/linux/carnet.svg "$root/usr/share/icons/hicolor/scalable/apps/"
sed "s/@VERSION@/$version/; s/@DATE@/$day/" packaging/linux/carnet.metainfo.xml >"$root/usr/share/metainfo/org.carnet.Carnet.metainfo.xml"
cp packaging/linux/copyright "$root/usr/share/doc/carnet/"
gzip -9nc CHANGELOG.md >"$root/usr/share/doc/carnet/changelog.gz"
cat >"$root/DEBIAN/control" <<CONTROL
Package: carnet
Version: $version
Section: office
Priority: optional
Architecture: $machine
Maintainer: ${CARNET_MAINTAINER:-The maintainers of Carnet <maintainers@carnet.invalid>}
Installed-Size: $(du -sk --exclude=DEBIAN "$root" | cut -f1)
Depends: $("$python" packaging/linux/depends.py "$bundle")
Recommends: $("$python" packaging/linux/depends.py "$bundle" recommends)
Suggests: gnome-keyring | kwalletmanager
Description: offline notebook of a collective against discrimination
 Carnet keeps the meetings, the attendance, the decisions and the actions of a
 local collective, and observations that name nobody, in an encrypted file on
 each laptop. The laptops exchange sealed packages through a shared folder.
CONTROL
find "$root" -type d -exec chmod 755 {} +
find "$root" -type f ! -perm -u+x -exec chmod 644 {} +
(cd "$root" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum >DEBIAN/md5sums)
find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
deb="$out/carnet_${version}_$machine.deb"
dpkg-deb --root-owner-group -Zxz -z6 --build "$root" "$deb" >/dev/null

name="carnet-$version-linux-$(uname -m)"
mv "$root/usr/lib/carnet" "$out/$name"
cp packaging/linux/LISEZMOI.txt "$out/$name/"
# The folder itself says that the notebooks lie beside the program (desktop/base/paths.py).
mkdir "$out/$name/profiles"
find "$out/$name" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
tar -C "$out" --sort=name --owner=0 --group=0 --numeric-owner -cf - "$name" | zstd -q -T0 -"${CARNET_ZSTD:-12}" -o "$out/$name.tar.zst"
rm -rf "$root" "${out:?}/$name"
cp "$bundle/carnet.cdx.json" "$out/carnet-$version-linux.cdx.json"
(cd "$out" && sha256sum -- * >SHA256SUMS)
ls -l "$out"
