"""Why a store cannot be used, in words, and whether waiting may mend it: the one place that judges database errors."""

from dataclasses import dataclass
from importlib import import_module

from sqlalchemy.exc import DBAPIError, SQLAlchemyError, TimeoutError

from store.db.errors import BUSY, NOT_CONNECTED, StoreError, UnavailableError, cause


@dataclass(frozen=True)
class Cause:
    """`code` is the database's own name of it (SQLSTATE, SQLITE_…, an errno), `words` what an operator reads."""

    code: str
    words: str
    is_temporary: bool


# What only the operator mends, by the beginning of the code. Source: PostgreSQL, appendix A; sqlite.org/rescode.html
LASTING = {
    "28": "데이터베이스가 계정이나 비밀번호를 받아들이지 않습니다. store.url 과 store.password_file 을 확인해 주십시오",
    "3D000": "그런 이름의 데이터베이스가 없습니다. store.url 의 끝을 확인해 주십시오",
    "42501": "데이터베이스 계정에 권한이 없습니다. 데이터베이스 관리자에게 권한을 받아 주십시오",
    "42": "저장소의 표가 이 프로그램과 맞지 않습니다. gihan db upgrade 를 실행해 주십시오",
    "SQLITE_CANTOPEN": "저장소 파일을 열 수 없습니다. store.url 과 폴더 권한을 확인해 주십시오",
    "SQLITE_READONLY": "저장소 파일에 쓸 수 없습니다. 파일의 소유자와 권한을 확인해 주십시오",
    "SQLITE_PERM": "저장소 파일에 쓸 수 없습니다. 파일의 소유자와 권한을 확인해 주십시오",
    "SQLITE_AUTH": "저장소 파일에 쓸 수 없습니다. 파일의 소유자와 권한을 확인해 주십시오",
    "SQLITE_CORRUPT": "저장소 파일이 손상되었습니다. 마지막 백업으로 되돌려 주십시오",
    "SQLITE_NOTADB": "store.url 의 파일은 저장소가 아닙니다. 주소를 확인하거나 마지막 백업으로 되돌려 주십시오",
    "SQLITE_ERROR": "저장소의 표가 이 프로그램과 맞지 않습니다. gihan db upgrade 를 실행해 주십시오",
}
# What goes away by itself, or once somebody mends it elsewhere; the bot takes it up from there.
PASSING = {
    "EAI": "데이터베이스 서버의 이름을 찾을 수 없습니다(DNS)",
    "ECONNREFUSED": "데이터베이스가 연결을 받지 않습니다(꺼져 있거나 포트가 다릅니다)",
    "ENOENT": "데이터베이스가 연결을 받지 않습니다(꺼져 있거나 소켓이 없습니다)",
    "ETIMEDOUT": "데이터베이스 서버가 제때 답하지 않습니다",
    "EHOSTUNREACH": "데이터베이스 서버로 가는 길이 없습니다",
    "ENETUNREACH": "데이터베이스 서버로 가는 길이 없습니다",
    "57P03": "데이터베이스가 시작하는 중입니다",
    "57P": "데이터베이스가 멈추는 중입니다",
    "57014": "데이터베이스가 제때 답하지 않습니다",
    "53300": "데이터베이스에 접속이 너무 많습니다",
    "53": "데이터베이스에 디스크나 메모리가 모자랍니다",
    "55": "다른 프로그램이 저장소를 쓰고 있습니다",
    "25006": "데이터베이스가 읽기만 받습니다(대기 서버이거나 바뀌는 중입니다)",
    "08": "데이터베이스와 연결이 되지 않습니다",
    "SQLITE_BUSY": "다른 프로그램이 저장소를 쓰고 있습니다",
    "SQLITE_LOCKED": "다른 프로그램이 저장소를 쓰고 있습니다",
    "SQLITE_FULL": "디스크가 찼습니다. 공간을 비워 주십시오",
    "SQLITE_IOERR": "저장소가 있는 디스크를 읽거나 쓸 수 없습니다",
}
WAITED_IN_VAIN = Cause("pool", "저장소가 바빠 차례를 얻지 못하였습니다", is_temporary=True)


def cause_of(error: SQLAlchemyError) -> Cause:
    """What the error means. Where a server refused a connection without saying why in a form that programs can
    read, it is asked once more, which may take some seconds."""
    if isinstance(error, TimeoutError):
        return WAITED_IN_VAIN
    code = _code(error)
    for words, is_temporary in ((LASTING, False), (PASSING, True)):
        found = max((one for one in words if code.startswith(one)), key=len, default=None)
        if found is not None:
            return Cause(code, words[found], is_temporary)
    return Cause(code, f"저장소가 답하지 않습니다({code})", isinstance(error, BUSY))


def _code(error: SQLAlchemyError) -> str:
    if not isinstance(error, DBAPIError):
        return type(error).__name__
    code = cause(error)
    if code != NOT_CONNECTED:
        return code
    # the driver, which an embedded store has no use for, takes long to load
    return str(import_module("store.db.refusals").reason_of(error.orig))


def error_of(error: SQLAlchemyError) -> StoreError:
    """The same as one line for the operator, without a word of the database's own."""
    found = cause_of(error)
    kind = UnavailableError if found.is_temporary else StoreError
    return kind(f"store: {found.words} ({found.code}).")
