"""The identity check: how long it takes to load, what it holds in memory, and how long a thousand
characters take."""

import subprocess
import sys

from desktop.base.paths import resource
from desktop.privacy.detect import find_identities, preload
from tests.benchmarks.measure import quantile, say, seconds

NOTE = """Reçu Mme Diallo et son fils Yanis ce matin. Elle habite 12 rue des Lilas, 2e étage, et le bailleur refuse depuis
le 12 mars
de changer la chaudière. Le gardien de la tour B lui aurait dit de « retourner dans son pays ». Elle a gardé les SMS, un voisin
peut témoigner. Tél 06 12 34 56 78. On a proposé de saisir le Défenseur des droits et de prévenir la mairie de Denain.
vu avec fatou, elle rappelle la caf demain, son employeur veut pas signer. Bilan de la permanence : six personnes, deux refus
de stage, une discrimination à l'embauche chez un garagiste. La directrice de l'école Jules-Ferry n'a pas répondu au courrier.
"""
_LOAD = """
import sys, time
before = open('/proc/self/statm').read().split()[1] if sys.platform == 'linux' else 0
start = time.perf_counter()
from desktop.privacy.detect import find_identities, preload
preload()
find_identities('Mme Durand')
loaded = time.perf_counter() - start
find_identities(sys.argv[1])
after = open('/proc/self/statm').read().split()[1] if sys.platform == 'linux' else 0
print(loaded, (int(after) - int(before)) * 4096)
"""


def measure(quick: bool) -> None:
    """Say the figures; a quick run takes fewer notes."""
    done = subprocess.run(
        [sys.executable, "-c", _LOAD, NOTE], capture_output=True, text=True, check=True, timeout=60
    )
    loaded, held = done.stdout.split()
    say("identities_load", float(loaded) * 1000, "ms")
    say("identities_memory", int(held) / (1 << 20), "MiB")
    say(
        "identities_files",
        sum(file.stat().st_size for file in resource("identities").iterdir()) / (1 << 20),
        "MiB",
    )
    preload()
    # Each note is another: what was seen before must not make it quicker.
    notes = [
        NOTE.replace("Diallo", f"Diall{chr(97 + at % 26)}{at}").replace("Bilan", f"Bilan {at}")
        for at in range(20 if quick else 200)
    ]
    times = [
        seconds(lambda note=note: find_identities(note)) * 1000 / len(note) * 1000 for note in notes
    ]
    say(
        "identities_per_1000_characters",
        quantile(times, 0.5),
        "ms",
        worst=round(quantile(times, 0.95), 3),
    )
