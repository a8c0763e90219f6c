"""What executes SQL in each language: the calls, properties and annotations that a statement is handed to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from reviewer.gather.look import words

HOLDER = re.compile(
    r"db|conn|cur|pool|client|session|knex|sql|trx|tx|database|pg|prisma|manager|runner|stmt|engine|objects|repo|store"
    r"|\bsa\b|\bop\b|\bt\b|\bc\b",
    re.IGNORECASE,
)
WIDE_HOLDER = re.compile(
    HOLDER.pattern
    + r"|jdbc|template|statement|\bst\b|\bps\b|\bem\b|entity|dsl|create|handle|dao|link|pdo|mysqli|\bcon\b|cnx"
    r"|ctx|context|dapper|command|cmd|\bo\b|\bq\b|\bs\b|orm|bdd|base|model|koneksi|conexao|conexion|quer"
    r"|\bthis\b|\bself\b|\bparent\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Execution:
    """The words of one language.

    ``calls`` are the last parts of calls that a statement is handed to, of which the ``common`` ones count only on
    what is called like a database (``holder``), or called by themselves. ``first`` is how many arguments may hold the
    text. ``wrapping`` calls give a text on as it is; ``telling`` calls only show it; ``foreign`` calls take another
    query language. ``binding`` calls bind what is interpolated into a text that they are handed directly.
    ``properties`` are what a statement is assigned to (``command.CommandText``). A text also grows by ``appending``
    calls on one of ``builders``. ``fragments`` take a part of a statement, with what stands before it; they count
    where one of ``fragment_imports`` is imported, or anywhere where that is empty; ``marked_fragments`` where the text
    holds one of ``marks``, and as lists as well. ``annotations`` take a statement,
    ``native`` ones only beside that keyword.
    """

    calls: frozenset[str]
    common: frozenset[str] = frozenset()
    holder: re.Pattern[str] = WIDE_HOLDER
    first: int = 2
    wrapping: frozenset[str] = frozenset()
    telling: frozenset[str] = frozenset()
    foreign: frozenset[str] = frozenset()
    binding: frozenset[str] = frozenset()
    properties: frozenset[str] = frozenset()
    builders: frozenset[str] = frozenset()
    appending: frozenset[str] = frozenset()
    fragments: dict[str, str] = field(default_factory=dict)
    fragment_imports: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    marked_fragments: dict[str, str] = field(default_factory=dict)
    annotations: frozenset[str] = frozenset()
    native: dict[str, str] = field(default_factory=dict)


CONDITION = "SELECT 1 FROM interpolated_ WHERE "
"""What stands before a condition that a query builder is given, so that it reads as a statement."""

ORDER = "SELECT 1 FROM interpolated_ ORDER BY "
ASSIGNMENT = "UPDATE interpolated_ SET "
COLUMNS = "SELECT "
NAMED_ARGUMENTS = ("query", "sql", "text", "where", "CommandText", "cmdText", "commandText")

_TELLING = words(
    "print log info debug warn warning error exception critical write console fail assertEqual assertIn describe"
    " it test Error add_argument format_help help"
)
_SCRIPTING = Execution(
    calls=words(
        "execute executemany executescript execute_async execute_query execute_sql executeQuery executeSql exec"
        " exec_driver_sql query queryOne queryAll querySync query_one query_db query_all query_raw queryArray"
        " queryObject run_query runQuery do_query db_query run_sql runSql raw RawSQL $queryRaw $executeRaw"
        " $queryRawUnsafe $executeRawUnsafe execute_raw all get run each prepare iterate fetch fetchrow fetchval"
        " fetch_all fetch_one fetch_val fetchone fetchall fetch_rows read_sql read_sql_query none one oneOrNone any"
        " many manyOrNone result text sql literal unsafe extra mogrify stream copy_expert execute_values execute_batch"
        " SimpleStatement PreparedStatement select insert update delete addSql"
    ),
    common=words(
        "all get run each text result literal select insert update delete stream any many none one fetch prepare exec"
        " unsafe extra sql iterate raw"
    ),
    holder=HOLDER,
    wrapping=words(
        "text SQL sql raw Raw RawSQL TextClause SimpleStatement literal_column literal dedent cleandoc strip trim"
    ),
    telling=_TELLING,
    fragments=dict.fromkeys(
        "where andWhere orWhere whereRaw andWhereRaw orWhereRaw havingRaw orderByRaw joinRaw having fromRaw"
        " selectRaw".split(),
        CONDITION,
    ),
    fragment_imports=("typeorm", "@nestjs/typeorm", "knex", "objection", "sequelize"),
)
_JVM = Execution(
    calls=words(
        "executeQuery executeUpdate execute executeLargeUpdate addBatch prepareStatement prepareCall nativeSQL"
        " createNativeQuery createSQLQuery createStatement query queryForObject queryForList queryForMap queryForRowSet"
        " queryForStream queryForLong queryForInt update batchUpdate sql rawQuery execSQL compileStatement resultQuery"
        " fetch fetchOne fetchMany createUpdate createScript select exec preparedQuery SimpleStatement newInstance"
        " executeAsync createCall fetchList fetchSingle setUsersByUsernameQuery setAuthoritiesByUsernameQuery"
        " usersByUsernameQuery authoritiesByUsernameQuery setGroupAuthoritiesByUsernameQuery"
    ),
    common=words("execute query update sql fetch fetchOne select exec newInstance createUpdate createStatement"),
    wrapping=words(
        "trim toString stripIndent strip trimIndent trimMargin concat intern SQL newInstance builder build replaceAll"
    ),
    telling=words("println print info debug warn error trace log RuntimeException IllegalStateException"),
    foreign=words("createQuery createNamedQuery createSelectionQuery createMutationQuery find hql"),
    builders=words("StringBuilder StringBuffer StringJoiner"),
    appending=words("append appendLine"),
    annotations=words("SqlQuery SqlUpdate SqlBatch NamedNativeQuery SQLDelete SQLInsert"),
    native={"Query": "nativeQuery"},
)
_DOTNET = Execution(
    calls=words(
        "SqlCommand MySqlCommand NpgsqlCommand SQLiteCommand SqliteCommand OracleCommand OleDbCommand OdbcCommand"
        " SqlDataAdapter MySqlDataAdapter NpgsqlDataAdapter SQLiteDataAdapter OleDbDataAdapter OracleDataAdapter"
        " CommandDefinition CreateCommand Query QueryAsync QueryFirst QueryFirstAsync QueryFirstOrDefault"
        " QueryFirstOrDefaultAsync QuerySingle QuerySingleAsync QuerySingleOrDefault QuerySingleOrDefaultAsync"
        " QueryMultiple QueryMultipleAsync QueryUnbufferedAsync Execute ExecuteAsync ExecuteScalar ExecuteScalarAsync"
        " ExecuteReader ExecuteReaderAsync ExecuteNonQuery ExecuteNonQueryAsync FromSqlRaw FromSql FromSqlInterpolated"
        " ExecuteSqlRaw ExecuteSqlRawAsync ExecuteSqlInterpolated ExecuteSqlInterpolatedAsync ExecuteSql"
        " ExecuteSqlAsync ExecuteSqlCommand ExecuteSqlCommandAsync SqlQuery SqlQueryRaw CreateSQLQuery ExecuteQuery"
        " ExecuteDataset ExecuteDataTable GetDataTable GetData RunQuery Sql Prepare SimpleStatement"
    ),
    common=words("Execute ExecuteAsync Query Sql Prepare GetData RunQuery ExecuteQuery"),
    first=3,
    wrapping=words("ToString Trim Concat Create"),
    telling=words("WriteLine Write LogInformation LogError LogWarning LogDebug Show Exception"),
    foreign=words("CreateQuery"),
    binding=words(
        "FromSql FromSqlInterpolated ExecuteSqlInterpolated ExecuteSqlInterpolatedAsync ExecuteSql ExecuteSqlAsync"
        " SqlQuery ExecuteSqlCommand ExecuteSqlCommandAsync"
    ),
    properties=frozenset({"CommandText", "SelectCommand", "InsertCommand", "UpdateCommand", "DeleteCommand"}),
    builders=words("StringBuilder"),
    appending=words("Append AppendLine AppendFormat"),
)
_PHP = Execution(
    calls=words(
        "mysqli_query mysqli_prepare mysqli_multi_query mysqli_real_query mysqli_execute_query mysqli_stmt_prepare"
        " mysql_query mysql_db_query mysql_unbuffered_query pg_query pg_query_params pg_prepare pg_send_query"
        " sqlite_query sqlite_exec sqlsrv_query sqlsrv_prepare mssql_query oci_parse odbc_exec odbc_prepare db2_exec"
        " ibase_query query exec prepare execute execute_query multi_query real_query unbuffered_query querySingle"
        " get_results get_row get_var get_col select selectOne selectFromWriteConnection scalar insert update delete"
        " statement unprepared affectingStatement raw fetchAll fetchAssoc fetchOne fetchColumn fetchAssociative"
        " fetchAllAssociative fetchFirstColumn fetchNumeric fetchAllKeyValue executeQuery executeStatement"
        " executeUpdate createNativeQuery setQuery addSql createCommand rawQuery rawQueryOne rawQueryValue db_query"
        " run_query runQuery run db_select fetch_all fetch_row getOne getAll getRow dbQuery execute_sql selectQuery"
    ),
    common=words("select insert update delete statement raw exec run scalar"),
    first=3,
    wrapping=words("raw trim strval stripslashes nl2br expr"),
    telling=words("echo print print_r var_dump error_log die exit log info debug dd dump Exception"),
    foreign=words("createQuery dql"),
    fragments={
        **dict.fromkeys("whereRaw orWhereRaw havingRaw orHavingRaw".split(), CONDITION),
        "orderByRaw": ORDER,
        "selectRaw": COLUMNS,
    },
    marks=("getQuery(true)", "getQuery(TRUE)", "->createQuery()"),
    marked_fragments={
        **dict.fromkeys("where orWhere andWhere having extendWhere".split(), CONDITION),
        "set": ASSIGNMENT,
        "order": ORDER,
    },
)
_RUBY = Execution(
    calls=words(
        "execute exec_query exec_update exec_insert exec_delete select_all select_one select_value select_values"
        " select_rows find_by_sql count_by_sql exec exec_params async_exec query prepare run fetch execute_batch"
        " execute_batch2 get_first_row get_first_value with_sql send_query send_query_params batch_execute query_single"
        " query_hash db_query create_function run_sql run_query exec_sql execute_sql execute_query sql_query query_db"
        " db_exec db_execute do_query sql_exec run_statement"
    ),
    common=words("run fetch query exec prepare execute"),
    wrapping=words("strip squish freeze strip_heredoc to_s chomp lit sql Arel"),
    telling=words("puts p print info debug warn error raise pp"),
    builders=frozenset(),
    fragments={
        **dict.fromkeys(
            "where having joins find_by exists? rewhere delete_all destroy_all update_all".split(), CONDITION
        ),
        **dict.fromkeys("order reorder group in_order_of".split(), ORDER),
        **dict.fromkeys("select pluck pick".split(), COLUMNS),
    },
)
_GO = Execution(
    calls=words(
        "Query QueryContext QueryRow QueryRowContext Exec ExecContext Prepare PrepareContext PrepareNamed"
        " PrepareNamedContext Get GetContext Select SelectContext NamedExec NamedExecContext NamedQuery"
        " NamedQueryContext MustExec MustExecContext Queryx QueryxContext QueryRowx QueryRowxContext Preparex"
        " PreparexContext Raw Queue NewRaw ExecuteSql QueryString SQL Sql ExecOne QueryOne"
    ),
    common=words("Get Select Raw Queue SQL Sql"),
    first=3,
    wrapping=words("Rebind TrimSpace String Sprint Trim Replace"),
    telling=words("Println Printf Print Info Infof Debug Debugf Error Errorf Fatal Fatalf New Fprintf Fprintln"),
    builders=words("strings.Builder bytes.Buffer strings.Builder{} bytes.Buffer{}"),
    appending=words("WriteString"),
    fragments={
        **dict.fromkeys("Where Or Not Having".split(), CONDITION),
        "Order": ORDER,
        "OrderBy": ORDER,
    },
    fragment_imports=(
        "gorm.io/gorm",
        "github.com/jinzhu/gorm",
        "xorm.io/xorm",
        "github.com/Masterminds/squirrel",
        "github.com/uptrace/bun",
    ),
)
EXECUTION: dict[str, Execution] = {
    "Python": _SCRIPTING,
    "JavaScript": _SCRIPTING,
    "TypeScript": _SCRIPTING,
    "Java": _JVM,
    "Kotlin": _JVM,
    "C#": _DOTNET,
    "PHP": _PHP,
    "Ruby": _RUBY,
    "Go": _GO,
}
"""Every language whose SQL is read."""
