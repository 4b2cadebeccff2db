"""Numbers as people write them, right ones, for measuring: telephones, social security, bank
accounts, mails, plates, births."""

import random

_DIGITS = (
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
)
_TENS = ("", "", "vingt", "trente", "quarante", "cinquante", "soixante")
_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_WORDS = (
    "dupont",
    "lea",
    "karim",
    "contact",
    "nadia59",
    "j",
    "martin",
    "asso",
    "tran",
    "sow",
    "p_lefebvre",
    "yilmaz",
)
_HOSTS = (
    "gmail.com",
    "orange.fr",
    "hotmail.fr",
    "laposte.net",
    "exemple.org",
    "ville-denain.fr",
    "yahoo.fr",
    "sfr.fr",
)


def spelt(number: int) -> str:
    """Say a number under 100 in French words."""
    if number < 20:
        return _DIGITS[number]
    tens, unit = divmod(number, 10)
    if tens in (7, 9):
        base, unit = ("soixante" if tens == 7 else "quatre-vingt"), unit + 10
        return f"{base} et onze" if tens == 7 and unit == 11 else f"{base}-{_DIGITS[unit]}"
    if tens == 8:
        return f"quatre-vingt-{_DIGITS[unit]}" if unit else "quatre-vingts"
    return (
        f"{_TENS[tens]} et un"
        if unit == 1
        else f"{_TENS[tens]}-{_DIGITS[unit]}"
        if unit
        else _TENS[tens]
    )


def phone(chance: random.Random) -> str:
    """A French or Belgian telephone in one of twenty ways."""
    pairs = [
        chance.choice(("06", "07", "03", "01", "09", "06", "06")),
        *(f"{chance.randrange(100):02}" for _each in range(4)),
    ]
    if pairs[0] in ("07",):
        pairs[1] = f"{chance.randrange(60, 90):02}"
    if pairs[0] in ("03", "01"):
        pairs[1] = chance.choice(("27", "20", "21") if pairs[0] == "03" else ("42", "43", "45"))
    if pairs[0] == "09":
        pairs[1] = chance.choice(("72", "51", "80"))
    if pairs[0] == "06":
        pairs[1] = f"{chance.randrange(10, 89):02}"
    plain = "".join(pairs)
    return chance.choice(
        (
            " ".join(pairs),
            ".".join(pairs),
            "-".join(pairs),
            "/".join(pairs),
            plain,
            plain,
            " ".join(pairs),
            "\u00a0".join(pairs),
            f"+33 {pairs[0][1]} {' '.join(pairs[1:])}",
            f"+33{plain[1:]}",
            f"0033 {plain[1:]}",
            f"+33 (0){plain[1:]}",
            f"{plain[:4]} {plain[4:7]} {plain[7:]}",
            f"{plain[:5]} {plain[5:]}",
            " ".join(plain),
            "O" + " ".join(pairs)[1:],
            f"({pairs[0]}) {' '.join(pairs[1:])}",
            " ".join(
                spelt(int(pair)) if pair[0] != "0" else f"zéro {spelt(int(pair))}" for pair in pairs
            ),
            f"{pairs[0]}, {pairs[1]}, {pairs[2]}, {pairs[3]}, {pairs[4]}",
            " . ".join(pairs),
            f"+32 4{chance.randrange(70, 99)} {chance.randrange(10, 99)} "
            f"{chance.randrange(10, 99)} {chance.randrange(10, 99)}",
        )
    )


def nir(chance: random.Random) -> str:
    """A social security number with its key, in one of the ways."""
    parts = [
        str(chance.choice((1, 2))),
        f"{chance.randrange(100):02}",
        f"{chance.randrange(1, 13):02}",
        chance.choice(("59", "62", "75", "2A", "99", "02")),
        f"{chance.randrange(1, 600):03}",
        f"{chance.randrange(1, 999):03}",
    ]
    value = int("".join(parts).replace("2A", "19"))
    key = f"{97 - value % 97:02}"
    return chance.choice(
        (
            " ".join([*parts, key]),
            "".join([*parts, key]),
            "".join(parts) + " " + key,
            "".join(parts) + " clé " + key,
            ".".join([*parts, key]),
            "-".join([*parts, key]),
            " ".join(parts) + f" ({key})",
        )
    )


def iban(chance: random.Random) -> str:
    """An account with its key, in one of the ways."""
    country, body = chance.choice((("FR", 23), ("FR", 23), ("BE", 12)))
    digits = "".join(str(chance.randrange(10)) for _each in range(body))
    number = int(digits + "".join(str(ord(sign) - 55) for sign in country) + "00")
    plain = f"{country}{98 - number % 97:02}{digits}"
    groups = " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))
    return chance.choice((plain, groups, groups.lower(), groups.replace(" ", "-"), plain.lower()))


def mail(chance: random.Random) -> str:
    """A mail address, written or told."""
    local, host = (
        chance.choice(_WORDS) + chance.choice((".", "-", "_", "")) + chance.choice(_WORDS),
        chance.choice(_HOSTS),
    )
    told = local.replace(".", " point ").replace("-", " tiret ").replace("_", " underscore ")
    return chance.choice(
        (
            f"{local}@{host}",
            f"{local}@{host}",
            f"{local} @ {host}",
            f"{local}(at){host}",
            f"{local} [at] {host.replace('.', ' [dot] ')}",
            f"{told} arobase {host.replace('.', ' point ')}",
            f"{local} arobase {host}",
            f"{local}@{host}".upper(),
            f"{local} (arobase) {host}",
        )
    )


def plate(chance: random.Random) -> str:
    """A plate, new, old or Belgian."""
    letters = "ABCDEFGHJKLMNPQRSTVWXYZ"
    two, three = ("".join(chance.choice(letters) for _each in range(2)) for _side in range(2))
    figures = f"{chance.randrange(100, 999)}"
    new = f"{two}-{figures}-{three}"
    return chance.choice(
        (
            new,
            new.replace("-", " "),
            new.replace("-", ""),
            new.lower(),
            f"{chance.randrange(100, 9999)} {two}{chance.choice(letters)} 59"[-11:],
            f"1-{two}{chance.choice(letters)}-{figures}",
        )
    )


def birth(chance: random.Random) -> str:
    """What follows « né le »."""
    day, month, year = (
        chance.randrange(1, 29),
        chance.randrange(1, 13),
        chance.randrange(1940, 2020),
    )
    return chance.choice(
        (
            f"{day:02}/{month:02}/{year}",
            f"{day}.{month:02}.{year}",
            f"{day} {_MONTHS[month - 1]} {year}",
            f"{day:02}-{month:02}-{year % 100:02}",
            f"{day:02} {month:02} {year}",
            f"{day} {_MONTHS[month - 1]}",
            f"{year}-{month:02}-{day:02}",
            f"{day:02}{month:02}{year}",
            f"{_DIGITS[day] if day < 20 else spelt(day)} {_MONTHS[month - 1]} {year}",
        )
    )


KINDS = {
    "phone": (
        phone,
        (
            "appeler le {}",
            "tél : {}",
            "son numéro c'est le {}",
            "{} à rappeler",
            "joignable au {} le soir",
            "portable {}, merci",
            "rappelle au {} stp",
        ),
    ),
    "nir": (
        nir,
        (
            "sécu {}",
            "NIR : {}",
            "numéro de sécurité sociale {}",
            "n° {} sur la carte Vitale",
            "{} (carte Vitale)",
        ),
    ),
    "iban": (
        iban,
        ("iban {}", "compte {}", "virement sur {} svp", "IBAN : {}", "voici le compte {}, merci"),
    ),
    "email": (
        mail,
        (
            "écrire à {}",
            "mail : {}",
            "son adresse c'est {}",
            "{} pour la convocation",
            "contact {}",
        ),
    ),
    "plate": (
        plate,
        (
            "véhicule {}",
            "plaque {}",
            "une voiture grise {} garée devant",
            "immatriculée {}",
            "la clio {} était là",
        ),
    ),
    "birthdate": (
        birth,
        (
            "né le {}",
            "née le {} à Denain",
            "date de naissance : {}",
            "ddn {}",
            "Naissance le {}",
            "(née le {})",
        ),
    ),
}
