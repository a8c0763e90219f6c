"""Names by which files that nobody typed for this repository are known. Folders are compared casefolded."""

from __future__ import annotations

from reviewer.gather._words import words

DEPENDENCY_FOLDERS = words(
    """
    node_modules bower_components jspm_packages web_modules site-packages dist-packages venv .venv virtualenv
    __pypackages__ .eggs third_party third-party thirdparty 3rdparty 3rd-party godeps carthage pods .yarn .bundle
    elm-stuff jquery-ui jqueryui ckeditor ckeditor4 ckeditor5 tinymce tiny_mce fontawesome font-awesome
    fontawesome-free adminlte admin-lte phpmailer fpdf tcpdf dompdf mpdf phpexcel smarty adodb adodb5 nusoap
    plugin-update-checker tgm-plugin-activation redux-framework cmb2 carbon-fields codestar-framework action-scheduler
    freemius kirki titan-framework advanced-custom-fields advanced-custom-fields-pro acf-pro
    stripe-php razorpay-php twilio-php swagger-ui mathjax codemirror datatables summernote owlcarousel owl-carousel
    """
)
"""Folders of other people's code, wherever they stand."""

DEPENDENCY_PATHS = words(
    """
    wwwroot/lib vendor/bundle vendor/assets vendor/cache public/vendor public/vendors static/vendor static/vendors
    assets/vendor assets/vendors assets/plugins public/plugins static/plugins views/scribe
    """
)
"""Folders of other people's code, told by two names."""

TOOL_FOLDERS = words(
    """
    .metadata .idea .vs .settings nbproject .fleet .history .recommenders remotesystemstempfiles .ipynb_checkpoints
    __pycache__ .pytest_cache .mypy_cache .ruff_cache .tox .nox .hypothesis .next .nuxt .output .svelte-kit .angular
    .cache .parcel-cache .turbo .vite .gradle .dart_tool .expo .serverless .aws-sam cdk.out .terraform .docusaurus
    storybook-static htmlcov lcov-report .nyc_output .scannerwork playwright-report allure-report allure-results
    mochawesome-report test-results testresults cmakefiles deriveddata __generated__ __snapshots__ .openapi-generator
    .swagger-codegen .dist dist _site webpack-stats .firebase surefire-reports .apt_generated .phpunit.cache
    .sass-cache __macosx .vagrant .esbuild .build .webpack .vercel .netlify .wrangler .amplify-hosting .sst
    .scribe .phpdoc
    """
)
"""Folders that a build, an editor or a test run writes, wherever they stand."""

CHILDREN_OF_BUILD = {
    "build": words(
        """
        classes libs tmp reports static asset-manifest.json index.html intermediates kotlin generated html doctrees
        bundle.js outputs test-results web
        """
    ),
    "out": words("production artifacts _next index.html classes"),
    "target": words(
        """
        classes test-classes maven-archiver maven-status generated-sources surefire-reports debug release quarkus-app
        .rustc_info.json
        """
    ),
    "bin": words("debug release x64 x86 pyvenv.cfg"),
    "obj": words("debug release project.assets.json project.nuget.cache x64 x86"),
    "coverage": words("lcov.info lcov-report clover.xml coverage-final.json index.html cobertura.xml .last_run.json"),
    "site": words("sitemap.xml.gz"),
    "documentation": words("overview.html dependencies.html"),
    "gen": words("r.java buildconfig.java"),
}
"""Folders whose name may mean anything: written by a build where one of these lies in them."""
OWN_BUILD_CHILDREN = words("package.json gulpfile.js webpack.config.js tasks src build.cs")
"""What says that a folder of such a name holds the build's own sources."""

VENDOR_CHILDREN = words(
    """
    autoload.php modules.txt composer bundle cache github.com golang.org bin
    """
)
"""What a package manager puts into ``vendor``."""
OWN_VENDOR_CHILDREN = words(
    """
    models.py views.py apps.py urls.py migrations __init__.py go.mod controllers routes
    """
)
"""What says that ``vendor`` is a part of the application: somebody who sells something."""

COMPANIONS = {"popper.js": words("readme.md index.d.ts index.js.flow")}
"""What a library of scripts has beside it where a package manager unpacks it into a folder of the project's own."""
COLLECTED = {
    "admin": ("css/changelists.css", "js/core.js"),
    "rest_framework": ("css/bootstrap-tweaks.css", "js/ajax-form.js"),
    "debug_toolbar": ("css/toolbar.css", "js/toolbar.js"),
    "drf-yasg": ("insert-url.js", "swagger-ui-init.js"),
    "django_extensions": ("js/jquery.ajaxQueue.js", "js/jquery.autocomplete.js"),
    "import_export": ("action_formats.js", "import.css"),
    "jazzmin": ("css/main.css", "js/main.js"),
    "graphene_django": ("graphiql.js",),
}
"""Folders into which Django's ``collectstatic`` copies what its apps brought, with files that tell them apart from a
folder of the project's own of that name."""
VIRTUALENV_MARK = "pyvenv.cfg"
SERVER_MARK = "catalina.sh"
"""What lies in ``bin`` of an application server that was unpacked into the repository."""
GENERATED_FOLDER_MARKS = frozenset(
    {
        ".openapi-generator",
        ".openapi-generator-ignore",
        ".swagger-codegen",
        ".swagger-codegen-ignore",
        "searchindex.js",
        "objects.inv",
        "doctools.js",
        "allclasses-index.html",
        "doxygen.css",
        "dynsections.js",
        "api_data.js",
        "api_project.js",
        "hierarchy.html",
    }
)

LOCK_NAMES = words(
    """
    package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml bun.lock bun.lockb poetry.lock uv.lock pdm.lock
    pipfile.lock pylock.toml composer.lock symfony.lock gemfile.lock gems.locked go.sum go.work.sum cargo.lock
    packages.lock.json paket.lock gradle.lockfile mix.lock pubspec.lock podfile.lock flake.lock .terraform.lock.hcl
    deno.lock project.assets.json conda-lock.yml
    """
)

GENERATED_NAMES = (
    r".+\.pb\.(go|cc|h|gw\.go)|.+_pb2(_grpc)?\.pyi?|.+_grpc_pb\.js|.+_pb\.(js|d\.ts|rb)|.+_grpc\.pb\.go",
    r".+\.g\.(dart|cs|i\.cs)|.+\.(freezed|mocks)\.dart|.+\.designer\.(cs|vb|resx)|.+modelsnapshot\.cs|assemblyinfo\.(cs|vb)|.+\.g\.i\.cs",
    r".+\.generated\.\w+|.+\.gen\.(go|ts|tsx|js)|zz_generated\..+|.+_gen\.go|wire_gen\.go|.+_easyjson\.go",
    r".+\.map|.+\.chunk\.(js|css)|.+[.-][0-9a-f]{8,20}\.(js|css)|.+\.tsbuildinfo|.+\.snap",
    r"_ide_helper(_models)?\.php|\.phpstorm\.meta\.php|next-env\.d\.ts|worker-configuration\.d\.ts|prisma-nestjs-graphql\.ts|react-app-env\.d\.ts|graphql\.schema\.json|\.classpath|\.project|\.factorypath",
    r".+\.(iml|ipr|iws|suo|csproj\.user|sln\.dotsettings\.user|swp|swo|bak|orig|rej)|.+~|\.coverage|\.eslintcache",
    r"go\.mod-generated_by_mod_init|npm-debug\.log.*|yarn-error\.log|pnpm-debug\.log.*|ngsw-worker\.js|service-worker\.js\.map",
)
"""Patterns over a casefolded file name, whole."""

VENDORED_NAMES = (
    r".+\.min\.(js|css|mjs)|.+[.-]min\.(js|css)|.+\.bundle\.(js|css)|.+\.umd(\.\w+)?\.js",
    r"jquery([.-].*)?\.(js|css)|bootstrap([.-].*)?\.(css|rtl\.css)|bootstrap[.-].+\.js|popper([.-].*)?\.js",
    r"(font-?awesome|all-fontawesome|normalize|animate|reset-css)([.-]?v?[\d.]+)?\.css|font-?awesome([.-].*)?\.(css|js)",
    r"(modernizr|html5shiv|respond|underscore|lodash|backbone|knockout|require|ember|mootools|prototype|dojo)([.-][\d.]+.*)?\.js",
    r"(angular|angularjs|vue|react|react-dom|axios|moment|chart|three|d3|socket\.io|p5|gsap|redux|handlebars|mustache|htmx|alpine)"
    r"[.-]v?\d[\d.]*([.-]\w+)*\.js|d3\.v\d\.js|p5\.(dom|sound)\.js",
    r"(select2|sweetalert2?|toastr|datatables?|fullcalendar|dropzone|swiper(-bundle)?|slick(-theme)?|lightbox|fancybox|"
    r"magnific-popup|owl\.(carousel|theme.*)|waypoints|isotope(\.pkgd)?|masonry(\.pkgd)?|tweenmax|materialize|adminlte|"
    r"sb-admin(-2)?|metismenu|summernote|ckeditor|tinymce|leaflet|highcharts|nprogress|flatpickr|daterangepicker)"
    r"([.-].*)?\.(js|css)",
    r"(nusoap|fpdf|tcpdf|parsedown|recaptchalib|mobile_detect|simple_html_dom|class\.phpmailer|class\.smtp|phpmailerautoload|adminer([.-].*)?|class-tgm-plugin-activation)\.php|swagger-ui.*\.(js|css)|swagger-initializer\.js",
    r"prettify([.-].*)?\.(js|css)|lang-css\.js|run_prettify\.js|jsdoc([.-](default|theme).*)?\.css",
    r"\.pnp\.(c?js|loader\.mjs)|get-pip\.py|ez_setup\.py|versioneer\.py|distribute_setup\.py|wait-for-it\.sh",
)
"""Patterns over a casefolded file name, whole: libraries that are copied in as single files."""

DATA_SUFFIXES = words(
    """
    .csv .tsv .geojson .ndjson .jsonl .log .po .pot .xlf .xliff .arb .svg .ics .gpx .kml .eml .mbox .srt .vtt .dat
    .arff .bib .drawio .excalidraw .plist .reg .rdb
    """
)
DATA_FOLDERS = words(
    """
    cassettes vcr_cassettes locales locale i18n lang translations uploads
    """
)
"""Folders in which JSON and YAML are data, not configuration."""
DATA_IN_FOLDERS = words(
    """
    .json .yaml .yml .xml .txt .properties .mo
    """
)
LARGE_DATA = {".json": 200_000, ".xml": 200_000, ".yaml": 200_000, ".yml": 200_000, ".txt": 100_000, ".sql": 400_000}
"""Bytes from which a file of such a suffix is data rather than anything written by hand."""
LARGE_BUT_READ = (
    r".*(openapi|swagger|postman|insomnia|api[._-]?docs?|collection|schema).*|package\.json|composer\.json|pom\.xml"
)
"""Names of large files that are read all the same: descriptions of an API, manifests."""

BINARY_SUFFIXES = words(
    """
    .png .jpg .jpeg .jfif .gif .bmp .ico .icns .webp .avif .heic .tif .tiff .psd .ai .eps .sketch .fig .xd .ttf .otf
    .woff .woff2 .eot .mp3 .mp4 .m4a .wav .ogg .flac .avi .mov .mkv .webm .zip .tar .gz .tgz .bz2 .xz .7z .rar .jar
    .war .ear .aar .apk .aab .ipa .dmg .iso .deb .rpm .msi .exe .dll .so .dylib .a .o .obj .lib .pdb .class .pyc .pyo
    .pyd .wasm .node .whl .egg .nupkg .db .sqlite .sqlite3 .db3 .mdb .accdb .mdf .ldf .frm .ibd .dbf .rdb .bson
    .parquet .feather .h5 .hdf5 .pkl .pickle .npy .npz .pt .pth .onnx .joblib .mat .pdf .doc .docx .xls .xlsx .xlsm
    .ppt .pptx .odt .ods .odp .epub .mobi .djvu .p12 .pfx .jks .keystore .gpg .der .mo .bin .blend .fbx .glb
    .unitypackage .pcap .ds_store .suo .idx .pack .sqlite-journal .db-journal .mpp .vsdx
    """
)
BINARY_NAMES = frozenset({".ds_store", "thumbs.db", "desktop.ini", "bun.lockb", "ehthumbs.db"})
