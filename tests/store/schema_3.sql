CREATE INDEX activity_by_bytes ON activity (sha256);
CREATE INDEX activity_by_start ON activity (start_us);
CREATE INDEX diary_by_day ON diary (kind, on_day, id);
CREATE INDEX found_by_bytes ON found (sha256);
CREATE INDEX ledger_by_bytes ON ledger (sha256);
CREATE INDEX ledger_by_import ON ledger (import_id);
CREATE UNIQUE INDEX stream_column_by_name ON stream_column (activity, channel);
CREATE TABLE activity (
        no INTEGER PRIMARY KEY AUTOINCREMENT,       -- never given twice, see StoredColumns
        id TEXT NOT NULL UNIQUE,
        sha256 TEXT NOT NULL REFERENCES original (sha256),
        file_index INTEGER NOT NULL,
        file_name TEXT NOT NULL,
        reader TEXT NOT NULL,
        reader_version INTEGER NOT NULL,
        start_us INTEGER NOT NULL,          -- microseconds since 1970-01-01 UTC
        zone_name TEXT,                     -- IANA; NULL: only the offset is known
        offset_s REAL NOT NULL,             -- local time minus UTC at the start
        zone_from TEXT NOT NULL,
        sport TEXT NOT NULL,
        surface TEXT,
        distance_m REAL,
        moving_s REAL,
        elapsed_s REAL,
        climb_m REAL,
        descent_m REAL,
        rpe REAL,
        shoe TEXT,
        title TEXT,
        note TEXT,
        averages TEXT NOT NULL,             -- JSON: number by channel
        laps TEXT NOT NULL,                 -- JSON: list of laps
        device TEXT,                        -- JSON
        repairs TEXT NOT NULL,              -- JSON: names
        warnings TEXT NOT NULL              -- JSON: sentences
    , service_id TEXT, file TEXT);
CREATE TABLE diary (                    -- what the runner told, one row an entry
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,                 -- see diary.py
        on_day TEXT NOT NULL,               -- ISO date, '' where the kind has none: what it is ordered by
        body TEXT NOT NULL                  -- JSON
    );
CREATE TABLE found (                    -- shoes and days that a file tells of
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        sha256 TEXT NOT NULL REFERENCES original (sha256),
        kind TEXT NOT NULL,                 -- see found.py
        body TEXT NOT NULL                  -- JSON
    );
CREATE TABLE import_run (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        began_at TEXT NOT NULL              -- ISO 8601, UTC
    );
CREATE TABLE ledger (                   -- what became of every file, in order
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        import_id INTEGER NOT NULL REFERENCES import_run (id) ON DELETE CASCADE,
        sha256 TEXT REFERENCES original (sha256),   -- NULL: the bytes were never had
        name TEXT NOT NULL,
        outcome TEXT NOT NULL,
        why TEXT NOT NULL,
        activities TEXT NOT NULL,           -- JSON: ids
        warnings TEXT NOT NULL              -- JSON: sentences
    , source TEXT NOT NULL DEFAULT '', skipped TEXT NOT NULL DEFAULT '[]');
CREATE TABLE measured (
        activity TEXT PRIMARY KEY,          -- its id
        key TEXT NOT NULL,                  -- what the values hang on, as one hash
        body TEXT NOT NULL                  -- JSON: value, channels, reason and ends by name
    );
CREATE TABLE original (                 -- every file handed in, by the hash of its bytes
        sha256 TEXT PRIMARY KEY,
        name TEXT NOT NULL,                 -- under which it first came
        size_bytes INTEGER NOT NULL,
        packed BLOB                         -- zstd; NULL: too large to keep, see originals.py
    );
CREATE TABLE profile (                  -- one row
        only INTEGER PRIMARY KEY CHECK (only = 1),
        body TEXT NOT NULL                  -- JSON
    );
CREATE TABLE stream_column (            -- one blob for each channel of each activity, see blobs.py
        activity INTEGER NOT NULL REFERENCES activity (no) ON DELETE CASCADE,
        channel TEXT NOT NULL,
        packed BLOB NOT NULL
    );
