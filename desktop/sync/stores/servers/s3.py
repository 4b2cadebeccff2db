"""A bucket of an S3 service (Scaleway, OVHcloud, MinIO, AWS...), addressed by path and signed
(Signature Version 4).

`s3://bucket/folder?endpoint=https://s3.fr-par.scw.cloud&region=fr-par`; without an endpoint, AWS's
of the region.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit
from xml.etree.ElementTree import Element, ParseError

import requests
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from requests.auth import AuthBase
from requests_aws4auth import AWS4Auth

from desktop.base.i18n import _
from desktop.sync.stores import store_errors
from desktop.sync.stores.servers.http import Anonymous, HttpResponse, HttpStore
from desktop.sync.stores.storage import Credentials, StoreError, StoreProblem, Timeouts

# https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html, and MinIO's own.
_CODES: dict[str, Callable[[], StoreError]] = {
    "InvalidAccessKeyId": store_errors.password_refused,
    "SignatureDoesNotMatch": store_errors.password_refused,
    "ExpiredToken": store_errors.password_refused, "AccessDenied": store_errors.forbidden,
    "NoSuchBucket": store_errors.absent,
    "RequestTimeTooSkewed": store_errors.clock_wrong, "QuotaExceeded": store_errors.full,
    "XMinioStorageFull": store_errors.full,
    "XMinioAdminBucketQuotaExceeded": store_errors.full,
    "AuthorizationHeaderMalformed": lambda: _wrong_region(),
    "PermanentRedirect": lambda: _wrong_region(),
}


class S3Storage(HttpStore):
    """A folder of a bucket."""

    def __init__(self, url: str, credentials: Credentials, timeouts: Timeouts) -> None:
        parts = urlsplit(url)
        asked = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        region = asked.get("region", "us-east-1")
        endpoint = asked.get("endpoint", f"https://s3.{region}.amazonaws.com").rstrip("/")
        if (not parts.netloc or not asked.keys() <= {"endpoint", "region"}
            or urlsplit(endpoint).scheme not in ("https", "http")):
            raise StoreError(StoreProblem.ADDRESS,
                             _("This address of a shared folder is not well formed."),
                             _("It should be as "
                               "s3://bucket/folder?endpoint=https://s3.example.org&region=fr-par."))
        auth = _Signed(credentials, region) if credentials.user else Anonymous()
        super().__init__(url, endpoint, auth, credentials, timeouts, _explained)
        self._bucket = f"{endpoint}/{quote(parts.netloc)}"
        folder = unquote(parts.path).strip("/")
        self._prefix = f"{folder}/" if folder else ""

    def names(self, folder: str) -> list[str]:
        prefix = self._prefix + (f"{folder}/" if folder else "")
        found: set[str] = set()
        after = ""
        while True:
            listing = self._listing(prefix, after)
            found |= {(element.text or "")[len(prefix):].rstrip("/") for element in listing.iter()
                      if _tag(element) in ("Key", "Prefix")}
            following = [element.text for element in listing
                         if _tag(element) == "NextContinuationToken" and element.text]
            if not following or following[0] == after:
                return sorted(name for name in found if name and not name.startswith("."))
            after = following[0]

    def _listing(self, prefix: str, after: str) -> Element:
        asked = {"list-type": "2", "delimiter": "/",
                 "prefix": prefix} | ({"continuation-token": after} if after else {})
        query = "&".join(f"{key}={quote(value, safe='')}" for key, value in sorted(asked.items()))
        answer = self.http.ask("GET", f"{self._bucket}?{query}")
        if answer.is_page:
            raise store_errors.portal()
        try:
            listing = fromstring(answer.body)
        except (ParseError, DefusedXmlException, ValueError) as error:
            raise store_errors.not_a_folder(self.http.host) from error
        if _tag(listing) != "ListBucketResult":
            raise store_errors.not_a_folder(self.http.host)
        return listing

    def write(self, name: str, data: bytes) -> None:
        self.http.ask("PUT", self.address(name), data, {"Content-Type": "application/octet-stream"})

    def make(self) -> None:
        """Do nothing: a bucket needs no folders."""

    def address(self, name: str) -> str:
        return f"{self._bucket}/{quote(self._prefix + name)}"


class _Signed(AuthBase):
    """Signs the whole body, and hands it on as a stream again (see Http)."""

    def __init__(self, credentials: Credentials, region: str) -> None:
        self._sign: Any = AWS4Auth(credentials.user, credentials.password, region, "s3")

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        signed: requests.PreparedRequest = self._sign(request)
        if isinstance(signed.body, bytes) and signed.body:
            signed.body = BytesIO(signed.body)
        return signed


def _explained(answer: HttpResponse) -> StoreError | None:
    """Return what the service says of a failure, where it is one of those that we know."""
    try:
        said = {_tag(element): element.text or "" for element in fromstring(answer.body).iter()}
    except (ParseError, DefusedXmlException, ValueError):
        return None
    known = _CODES.get(said.get("Code", ""))
    return None if known is None else known()


def _wrong_region() -> StoreError:
    return StoreError(StoreProblem.ADDRESS, _("This bucket is in another region."),
                      _("Check «region» in the address."))


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]
