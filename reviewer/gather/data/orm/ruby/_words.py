"""The words of Active Record's query interface, by what they do."""

from __future__ import annotations

import re

from reviewer.gather.look import words
from reviewer.model.facts.data import Feature

FEATURES = {
    **dict.fromkeys(words("joins left_joins left_outer_joins"), Feature.JOIN),
    **dict.fromkeys(words("group having"), Feature.GROUP),
    **dict.fromkeys(words("count sum average minimum maximum calculate"), Feature.AGGREGATE),
    **dict.fromkeys(words("limit first first! take take! last last! page per paginate"), Feature.LIMIT),
    **dict.fromkeys(words("pager paged paginated page_by"), Feature.LIMIT),
    **dict.fromkeys(words("pagy pagy_countless pagy_keyset paginate_collection find_each in_batches"), Feature.LIMIT),
    **dict.fromkeys(words("order reorder in_order_of last latest"), Feature.ORDER),
    **dict.fromkeys(words("lock lock! with_lock"), Feature.LOCK),
    **dict.fromkeys(words("includes preload eager_load with_attached_avatar"), Feature.EAGER),
    "with": Feature.CTE,
}
VERBS = {
    **dict.fromkeys(words("create create! insert insert! insert_all insert_all! find_or_create_by"), "insert"),
    **dict.fromkeys(words("find_or_create_by! create_or_find_by create_or_find_by! first_or_create"), "insert"),
    **dict.fromkeys(words("first_or_create! import import!"), "insert"),
    **dict.fromkeys(words("update update! update_all upsert upsert_all update_columns update_counters"), "update"),
    **dict.fromkeys(words("update_attributes update_attributes! increment_counter decrement_counter"), "update"),
    **dict.fromkeys(words("touch_all reset_counters"), "update"),
    **dict.fromkeys(words("delete_all destroy_all delete destroy destroy! delete_by destroy_by"), "delete"),
}
SELECTS = words(
    "all find find_by find_by! find_sole_by sole where not rewhere first first! last last! take take! second third"
    " pluck pick ids exists? any? many? none? empty? find_each find_in_batches in_batches includes preload eager_load"
    " references joins left_joins left_outer_joins group having order reorder in_order_of limit offset distinct select"
    " count sum average minimum maximum calculate unscoped lock merge or none readonly from extending explain"
    " page per paginate find_or_initialize_by with_deleted strict_loading annotate"
)
SURE = words(
    "where rewhere find_by find_by! joins left_joins left_outer_joins includes preload eager_load pluck order reorder"
    " find_each find_in_batches in_batches find_or_create_by find_or_create_by! find_or_initialize_by update_all"
    " delete_all destroy_all limit offset distinct exists? unscoped references having"
)
"""Methods that a relation has and hardly anything else does."""
MAKING = words("create create! find find! first_or_create build")
"""Methods that, called on what belongs to a record (``user.posts.create``), are queries as well."""
ONE = words(
    "find find_by find_by! first first! last last! take take! count exists? pick sum average minimum maximum sole any?"
    " none? empty? many? find_sole_by second"
)
MANY = words(
    "all where pluck order find_each each map to_a includes joins ids group reorder not preload find_in_batches"
)
FILTERING = words(
    "where not rewhere find_by find_by! exists? order reorder group pluck find_or_create_by find_or_create_by! having"
    " find_or_initialize_by or delete_by destroy_by sum average minimum maximum pick in_order_of find_sole_by"
)
RAW = words("where not having order reorder group joins from select pluck find_by exists? rewhere calculate sum")
"""Methods that take a part of a statement as text."""
DYNAMIC = re.compile(r"find(?:_all)?_by_([a-z_]+?)!?\Z")
"""``find_by_email``, of old."""
CONDITION = re.compile(
    r"([A-Za-z_]\w{0,60}(?:\.\w{1,60})?)\s{0,4}(?:=|<|>|!=|\blike\b|\bilike\b|\bin\b|\bbetween\b|\bis\b)", re.I
)
SAVING = {"save": "insert", "save!": "insert"}
CHANGING = {
    **dict.fromkeys(
        words("update update! update_attributes update_attributes! update_attribute update_columns"), "update"
    ),
    **dict.fromkeys(words("update_column increment! decrement! toggle! touch"), "update"),
    **dict.fromkeys(words("destroy destroy!"), "delete"),
}
NO_MODELS = re.compile(
    r"(?:File|Dir|Time|Date|DateTime|Rails|ENV|JSON|Hash|Array|Set|Struct|Redis|Sidekiq|Faker|FactoryBot|FactoryGirl|Net"
    r"|URI|CSV|YAML|Logger|I18n|Kernel|Process|Thread|Rack|Digest|Base64|SecureRandom|Regexp|String|Integer|Float|Math"
    r"|Random|Etc|Benchmark|Timecop|Stripe|Pathname|ObjectSpace|GC|Zip|Nokogiri|Faraday|HTTParty|RestClient|Dotenv|Bundler"
    r"|Gem|Capybara|ActionMailer|ActiveJob|ActiveSupport|ActionController|ActionDispatch|ActiveStorage|Warden|Devise|OpenStruct"
    r"|Aws|Google|Twilio|Resque|DelayedJob|Sentry|Concurrent|Enumerator|Comparable|Module|Class|Object|Symbol|Proc|Method"
    r"|IO|StringIO|Tempfile|Timeout|Socket|OpenSSL|BCrypt|JWT|ERB|Haml|Mail|Monitor|Mutex|Queue|Fiber|Ractor|DB|Sequel|Mongo"
    r"|Elasticsearch|ActiveModel|FileUtils|Shellwords|Open3|Optparse|Factory|Fabricate|Find|Arel)\Z"
    r"|(?:Service|Job|Worker|Mailer|Client|Serializer|Policy|Helper|Presenter|Decorator|Interactor|Form|Error|Controller"
    r"|Validator|Query|Builder|Parser|Api|API|Handler|Command|Operation|Factory|Repository|Repo|Finder|Creator|Updater"
    r"|Fetcher|Importer|Exporter|Generator|Test|Spec|Type|Types|Mutation|Resolver|Config|Settings|Cache|Store|Registry)\Z"
)
"""Constants that are no models, whole or by their ending."""
MODEL = re.compile(r"[A-Z][a-z0-9]\w*|[A-Z]{2,5}[a-z]\w*|[A-Z]")
