"""What the issuer demands of a client: assertion, PKCE and DPoP proof. Plain functions that refuse."""

import base64
import hashlib

from jwskate import InvalidJwt, Jwk, SignedJwt

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class OAuthError(Exception):
    def __init__(
        self, error: str, why: str, status: int = 400, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(f"{error}: {why}")
        self.error, self.why, self.status, self.headers = error, why, status, headers or {}


def sha256(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


def check_client(
    form: dict[str, str], *, client_id: str, key: Jwk, issuer: str, used: set[str], now: float
) -> None:
    """private_key_jwt: ours, for us, short-lived, used once."""
    if form.get("client_assertion_type") != ASSERTION_TYPE:
        raise OAuthError("invalid_client", "no client assertion", 401)
    jwt = _jwt(form.get("client_assertion", ""), "invalid_client")
    if jwt.headers.get("typ") != "client-authentication+jwt" or jwt.headers.get("kid") != key["kid"]:
        raise OAuthError("invalid_client", "typ or kid", 401)
    if not jwt.verify_signature(key, alg=key["alg"]):
        raise OAuthError("invalid_client", "signature", 401)
    claims = jwt.claims
    if (claims.get("iss"), claims.get("sub"), form.get("client_id")) != (client_id,) * 3:
        raise OAuthError("invalid_client", "iss, sub or client_id", 401)
    if claims.get("aud") != issuer:
        raise OAuthError("invalid_client", "aud is not the issuer", 401)
    if not now - 5 < claims["iat"] < now + 5 or not now < claims["exp"] <= claims["iat"] + 60:
        raise OAuthError("invalid_client", "iat or exp", 401)
    _once(claims.get("jti"), used, "invalid_client")


def check_proof(
    proof: str | None,
    *,
    method: str,
    url: str,
    used: set[str],
    nonce: str | None,
    now: float,
    access_token: str = "",
) -> str:
    """The thumbprint of the key in a DPoP proof for this very request."""
    if proof is None:
        raise OAuthError("invalid_dpop_proof", "no DPoP header")
    jwt = _jwt(proof, "invalid_dpop_proof")
    key = Jwk(jwt.headers.get("jwk", {}))
    if jwt.headers.get("typ") != "dpop+jwt" or jwt.headers.get("alg") != "ES256" or key.is_private:
        raise OAuthError("invalid_dpop_proof", "header")
    if not jwt.verify_signature(key, alg="ES256"):
        raise OAuthError("invalid_dpop_proof", "signature")
    claims = jwt.claims
    if (claims.get("htm"), claims.get("htu")) != (method, url):
        raise OAuthError("invalid_dpop_proof", "htm or htu")
    if abs(now - claims.get("iat", 0)) > 5:
        raise OAuthError("invalid_dpop_proof", "iat")
    if access_token and claims.get("ath") != sha256(access_token):
        raise OAuthError("invalid_dpop_proof", "ath")
    _once(claims.get("jti"), used, "invalid_dpop_proof")
    if nonce is not None and claims.get("nonce") != nonce:
        raise OAuthError("use_dpop_nonce", "use the nonce in DPoP-Nonce", 400, {"DPoP-Nonce": nonce})
    return key.thumbprint()


def check_request(form: dict[str, str], redirect_uri: str) -> None:
    """An authorization request as we want it."""
    if form.get("response_type") != "code" or form.get("redirect_uri") != redirect_uri:
        raise OAuthError("invalid_request", "response_type or redirect_uri")
    if form.get("code_challenge_method") != "S256" or len(form.get("code_challenge", "")) != 43:
        raise OAuthError("invalid_request", "PKCE with S256 is required")
    if "openid" not in form.get("scope", "").split():
        raise OAuthError("invalid_scope", "openid is missing")
    if not form.get("state") or not form.get("nonce"):
        raise OAuthError("invalid_request", "state and nonce are required")


def _jwt(text: str, error: str) -> SignedJwt:
    try:
        return SignedJwt(text)
    except InvalidJwt:
        raise OAuthError(error, "not a JWT", 401) from None


def _once(token_id: object, used: set[str], error: str) -> None:
    if not isinstance(token_id, str) or token_id in used:
        raise OAuthError(error, "jti is missing or used before", 401)
    used.add(token_id)
