"""The words by which `reviewer.gather.data.outside` tells values from outside from those of the program itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from reviewer.gather.look import words

DEPTH_LIMIT = 8
STEP_LIMIT = 1_000
"""Expressions that are looked at for one question; past it nobody knows."""

ASSIGNED_LIMIT = 40
"""Assignments to one name that are looked at, the last ones."""

CONSTANT = re.compile(r"_*[A-Z][A-Z0-9_]*")
SCHEMA_WORD = re.compile(
    r"table|column|collection|schema|keyspace|field|prefix|db_?name|database|attr|sort|order", re.IGNORECASE
)
"""Names of things that a program has of itself, where nothing says otherwise."""

SCHEMA_NAME = re.compile(r"(?:table|column|schema|prefix|database)(?:_?name)?s?\Z|(?:\A|[._])db_?\w+\Z", re.IGNORECASE)
"""Names that stand for a part of the schema, even where a value is expected."""

FRAGMENT_WORD = re.compile(
    SCHEMA_WORD.pattern + r"|where|clause|condition|sql|query|select(?!ed)|fragment|^cond$|^dir$|direction",
    re.IGNORECASE,
)
"""Names of parameters that stand for a part of a statement: what their callers give is not told here."""

BUILDER_WORD = re.compile(FRAGMENT_WORD.pattern + r"|build|filter|placeholder", re.IGNORECASE)
"""Names of functions that make such a part: what one of another file puts into it is not told here."""

FRAGMENT_NAME = re.compile(
    r"(?:clauses?|conditions?|placeholders?|where|filters?|columns|fields?|(?:column|field)_?(?:name|list)|assignments|query|sql)\Z",
    re.IGNORECASE,
)
"""Names that end in what a statement is made of."""

PLACEHOLDER_WORD = re.compile(r"place_?holder|qmarks|question_?marks|bind_?marks", re.IGNORECASE)
REQUEST_WORDS = frozenset({"req", "request", "argv", "ctx", "event", "kwargs"})
NUMERIC_TYPES = re.compile(
    r"(?:Optional\[|Union\[|Optional<|Nullable<|I?(?:ReadOnly)?(?:List|Collection|Set|Enumerable)<|Iterable<|Stream<"
    r"|(?:[Ll]ist|[Ss]et|[Ff]rozen[Ss]et|[Tt]uple|Sequence|Iterable|Collection)\[|(?:Linked|Sorted|Mutable)?(?:Hash)?Set<|TreeSet<|(?:Array|Linked|Mutable)List<|(?:List)?Iterator<|\?|\*|\[\])?"
    r"(?:u?int(?:8|16|32|64)?|[su]?byte|u?short|u?long|Int(?:16|32|64)?|Integer"
    r"|Long|Short|Byte|Double|Float|float(?:32|64)?|double|decimal|Decimal|BigDecimal|BigInteger|number|bool|boolean"
    r"|Boolean|UUID|uuid\.UUID|Guid|bigint|datetime|DateTime(?:Offset|Interface|Immutable)?|DateOnly|date|Date|LocalDate"
    r"|LocalDateTime|LocalTime|ZonedDateTime|OffsetDateTime|Instant|Timestamp|Time|time\.Time|time\.Duration|PositiveInt"
    r"|ObjectID?|primitive\.ObjectID)\b(?![.<])"
)
"""Declared types whose values cannot change a statement."""

ESCAPING = re.compile(
    r"_?(?:quote|escape|esc_|sanitiz|mysqli?_(?:real_)?escape|pg_escape|real_?escape|sqlite_escape|db_escape|addslashes)",
    re.IGNORECASE,
)
"""Functions that make a text safe to stand in a statement, going by their names."""

FETCHING = re.compile(
    r"(?:mysqli?_|pg_|sqlite_|sqlsrv_|oci_|odbc_|mssql_)?(?:fetch|num_rows|insert_id|last_?insert|affected_rows)\w*",
    re.IGNORECASE,
)
"""Functions that give rows, or numbers about them: what the database holds did not just come in."""

SAFE_CALLS = words(
    "int float len bool abs round uuid4 uuid1 UUID parseInt parseFloat Number BigInt ObjectId now utcnow today"
    " time random randint randrange escape escapeId escape_string quote_ident quote_literal quoteIdent"
    " quoteLiteral escapeIdentifier escapeLiteral Identifier SQL Literal Placeholder range enumerate isoformat"
    " toISOString literal_column quote_name quote count indexOf total_seconds timestamp strftime toFixed"
)
"""Calls that give a number, a date or an escaped text whatever they are given."""
FORMATTING = re.compile(r"\A(?:sql_?str(?:ing)?|mysql2?(?:/promise)?)\.format\Z", re.IGNORECASE)
"""Functions that put escaped values into a statement."""

QUERY_CALLS = words(
    "execute fetchone fetchall fetchmany fetch fetchrow fetchval query scalar scalars first all mappings"
)
"""Calls that give rows."""

INPUT_CALLS = frozenset({"input", "raw_input", "get_json", "getParameter", "get_argument", "prompt"})
REQUEST_NAMES = words(
    "flask.request cherrypy.request bottle.request sanic.request sys.argv pyramid.request tornado.request web.input"
    " process.argv quart.request"
)
SERVER_INPUT = re.compile(r"^$|HTTP_|REQUEST_URI|QUERY_STRING|PHP_SELF|PATH_INFO|PHP_AUTH")
"""Of what PHP's server variables hold, the keys that the request fills."""

NUMBERS = frozenset({"-", "/", "//", "**", "in", "not in", "instanceof"})
"""Operators that give a number or a truth whatever they are given."""

CONDITION = {
    "conditional_expression": 1,
    "ternary_expression": 0,
    "conditional": 0,
    "if_expression": 0,
    "switch_expression": 0,
}
"""Which operand of a conditional is only its test; in JavaScript and the languages after C it is the first."""

CALLBACK_CALLS = QUERY_CALLS | words("forEach then each reduce find some every flatMap run")
"""Calls that hand rows or elements to a closure, first, and counts or errors beside them."""

COMPREHENSIONS = words("list_comprehension generator_expression set_comprehension dictionary_comprehension")
PICKING = words("range foreach_statement foreach_key element_access_expression result index_expression")
"""Kinds of expressions that give a part of their first operand."""

TESTS = frozenset({"in", "not in", "instanceof"})
CHECKING_CALLS = words(
    "includes has isdigit isnumeric isdecimal isInteger isalnum isidentifier isInt contains Contains containsKey"
    " ContainsKey include? in_array array_key_exists is_numeric ctype_digit ctype_alnum is_int filter_var key?"
    " TryParse preg_match matches IsMatch MatchString"
)
MATCHING_CALLS = words("preg_match is_numeric ctype_digit ctype_alnum is_int TryParse matches IsMatch MatchString")
"""Of these the ones that ask for the form of a value, and need no list."""

GROWING_CALLS = frozenset({"append", "push", "extend", "insert", "unshift", "add", "Add", "AddRange", "Insert"})
MAPPED = re.compile(
    r"map|filter|keys|values|entries|items|join|split|strip|lower|upper|replace|trim|format|concat|get|slice|sort|sorted"
    r"|Select|ToArray|ToList|Distinct|OrderBy|Take|Skip|Reverse|stream|toList|collect"
)

COMBINING = frozenset({"join", "format", "concat", "replace"})
MAPPING = frozenset({"map", "Select"})
"""Of these the ones that give what their closure returns."""

HELPERS = frozenset({"Object", "Array", "Reflect", "_", "lodash", "R", "string", "String", "Enumerable", "Convert"})
"""Names of collections of functions: what ``Object.keys(x)`` gives comes from ``x``, not from ``Object``."""


class Origin(IntEnum):
    """Where a value comes from, the safest first."""

    INSIDE = 0
    UNKNOWN = 1
    OUTSIDE = 2


@dataclass(frozen=True, slots=True)
class Outside:
    """The words of one language, beside those that all share.

    ``requests`` begin the names of what a request brings along; ``inputs`` are calls that give it, ``filling`` calls
    put it into what they are given, ``pouring`` calls into names of their own, and ``typed`` attributes hold what
    somebody typed in. ``safe`` calls give numbers or escaped texts, ``rows`` calls what the database holds. ``fields``
    says that a bare name may be a field of the class, ``static`` that types are declared, so that what stands unquoted
    is a number, ``bare_calls`` that calls may stand without parentheses, as if they were names, ``follows`` that what
    the project's own functions give is what they return, and not what they are given.
    """

    requests: frozenset[str] = REQUEST_WORDS
    inputs: frozenset[str] = frozenset()
    filling: frozenset[str] = frozenset()
    pouring: frozenset[str] = frozenset()
    typed: frozenset[str] = frozenset()
    safe: frozenset[str] = frozenset()
    rows: frozenset[str] = frozenset()
    harmless: frozenset[str] = frozenset()
    fields: bool = False
    static: bool = False
    bare_calls: bool = False
    follows: bool = False


_JVM = Outside(
    requests=frozenset({"request", "req", "args", "ctx"}),
    inputs=words(
        "getParameter getHeader getQueryString getCookies nextLine next readLine getText getPathInfo readln"
        " showInputDialog getParameterValues queryParam pathParam formParam receiveText receiveParameters pathVariable"
    ),
    safe=words(
        "parseInt parseLong parseDouble parseFloat parseBoolean valueOf intValue longValue doubleValue toInt toLong"
        " toIntOrNull toLongOrNull toDouble fromString randomUUID currentTimeMillis nanoTime size length ordinal"
        " hashCode getTime nextInt nextLong nextDouble getInt getLong getDouble getBoolean getDate getTimestamp"
        " escapeSql encodeForSQL getRowCount getSelectedRow toEpochMilli getYear getMonthValue getDayOfMonth nCopies"
    ),
    rows=words(
        "executeQuery getString getObject queryForObject queryForList getResultList getSingleResult queryForMap"
    ),
    fields=True,
    static=True,
)
_DOTNET = Outside(
    requests=frozenset({"Request", "HttpContext", "args", "request", "context"}),
    inputs=words("ReadLine"),
    typed=words("Text SelectedValue SelectedItem Password QueryString Form SelectedText"),
    safe=words(
        "Parse ToInt32 ToInt64 ToInt16 ToDouble ToDecimal ToBoolean ToDateTime NewGuid Count Length Round Abs Max Min"
        " AddDays AddHours GetHashCode IndexOf ParseExact Next typeof nameof GetType"
    ),
    rows=words(
        "ExecuteReader ExecuteScalar GetString ExecuteReaderAsync ExecuteScalarAsync QueryFirst QuerySingle"
        " QueryFirstOrDefault"
    ),
    harmless=words("DateTime DateTimeOffset DateOnly TimeOnly TimeSpan Guid Environment Math"),
    fields=True,
    static=True,
)
_PHP = Outside(
    pouring=frozenset({"extract", "parse_str", "import_request_variables"}),
    requests=frozenset(
        {"_GET", "_POST", "_REQUEST", "_COOKIE", "_FILES", "_SERVER", "request", "req", "argv", "input"}
    ),
    inputs=words(
        "file_get_contents readline getallheaders filter_input post getPost getVar getQueryParams getParsedBody"
    ),
    safe=words(
        "intval floatval doubleval boolval md5 sha1 hash crc32 bin2hex date time mktime strtotime uniqid rand mt_rand"
        " random_int count sizeof number_format password_hash strlen absint microtime money_format ceil floor q qn"
        " quoteName toSql sanitize_key dechex implode_ids filter_var is_numeric array_fill str_repeat getInt prepare"
        " mysqli_num_rows"
    ),
    rows=words(
        "mysqli_query mysql_query pg_query fetch_assoc fetch_array fetch_row fetch_object loadResult loadObject"
        " loadObjectList loadColumn loadAssoc get_row get_results get_var get_col insertGetId executeQuery"
    ),
    harmless=frozenset({"wpdb", "_SESSION", "__DIR__"}),
)
_RUBY = Outside(
    requests=frozenset({"params", "request", "cookies", "ARGV"}),
    inputs=words("gets permit"),
    safe=words(
        "to_i to_f to_d count size length quote_table_name quote_column_name current_timestamp iso8601 to_date to_time"
        " to_datetime strftime ago from_now since beginning_of_day end_of_day beginning_of_week end_of_week"
        " beginning_of_month end_of_month beginning_of_year end_of_year"
    ),
    rows=words("pluck find find_by first last execute exec select_all ids sum"),
    bare_calls=True,
)
_GO = Outside(
    requests=frozenset({"r", "req", "request", "c", "ctx"}),
    inputs=words("FormValue PostFormValue URLParam Param QueryParam PostForm DefaultQuery Vars Getenv ReadString Text"),
    filling=words(
        "BindJSON ShouldBindJSON Bind ShouldBind ShouldBindQuery ShouldBindUri BodyParser QueryParser Decode Unmarshal"
        " ShouldBindWith BindQuery BindUri MustBindWith Scanln Scanf Scan_ ReadJSON ParamsParser"
    ),
    safe=words(
        "Atoi ParseInt ParseUint ParseFloat ParseBool int int8 int16 int32 int64 uint uint32 uint64 float32 float64"
        " bool Unix UnixNano Itoa FormatInt New NewString NewUUID MustParse ObjectIDFromHex QuoteIdentifier"
        " QuoteLiteral Sanitize RowsAffected LastInsertId Now RFC3339"
    ),
    rows=words("QueryRow QueryContext QueryRowContext Queryx QueryRowx"),
    static=True,
    follows=True,
)
REQUEST_TYPES = re.compile(r"Context|Ctx|Request|Values|Form|Header|Query|Params", re.IGNORECASE)
"""What the types of parameters have in their names that hold what a request brings along."""
BUILT_INS = words("string append copy make min max byte rune any")
OUTSIDE: dict[str, Outside] = {
    "Java": _JVM,
    "Kotlin": _JVM,
    "C#": _DOTNET,
    "PHP": _PHP,
    "Ruby": _RUBY,
    "Go": _GO,
    "Python": Outside(harmless=words("str int float bool repr len")),
}
"""The words of every language; Python and JavaScript have hardly any but those that all share."""
