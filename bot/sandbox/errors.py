"""The refusals of the Bot API, worded as Telegram words them."""

from typing import Any


class ApiError(Exception):
    """A call is refused; carries what the answer must say."""

    def __init__(
        self, code: int, description: str, parameters: dict[str, Any] | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        """The JSON answer: `{ok: false, error_code, description, parameters?}`."""
        answer: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


class SandboxError(ValueError):
    """A phone tried what a real phone can't do; says what to do instead."""


UNAUTHORIZED = "Unauthorized"
NOT_FOUND = "Not Found"


def bad_request(reason: str) -> ApiError:
    """400: the call as it stands can never succeed."""
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    """403: this person can't be reached."""
    return ApiError(403, f"Forbidden: {reason}")


def upgraded(chat_id: int) -> ApiError:
    """400: the group goes on as a supergroup under another id, which is told."""
    reason = "Bad Request: group chat was upgraded to a supergroup chat"
    return ApiError(400, reason, {"migrate_to_chat_id": chat_id})


def conflict(reason: str) -> ApiError:
    """409: someone else is taking the updates."""
    return ApiError(409, f"Conflict: {reason}")


def too_many_requests(retry_after: int) -> ApiError:
    """429: wait `retry_after` seconds."""
    return ApiError(
        429,
        f"Too Many Requests: retry after {retry_after}",
        {"retry_after": retry_after},
    )
