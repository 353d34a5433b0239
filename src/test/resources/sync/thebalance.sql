PRAGMA defer_foreign_keys=TRUE;
CREATE TABLE keys (
    id text PRIMARY KEY,
    key text NOT NULL,
    provider text NOT NULL,
    model_coolings text, /* JSON */
    total_cooling_seconds integer NOT NULL DEFAULT 0,
    status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'blocked')),
    created_at integer NOT NULL,
    updated_at integer NOT NULL,
    latency_ms integer NOT NULL DEFAULT 0,
    success_rate integer NOT NULL DEFAULT 1000,
    consecutive_failures integer NOT NULL DEFAULT 0,
    last_checked_at integer NOT NULL DEFAULT 0,
    last_succeeded_at integer NOT NULL DEFAULT 0,
    UNIQUE (provider, key)
);
INSERT INTO keys (id, key, provider, model_coolings, total_cooling_seconds, status, created_at, updated_at, latency_ms, success_rate, consecutive_failures, last_checked_at, last_succeeded_at) VALUES
('22222222-0000-4000-8000-000000000001','AIzaSyCanaryOfTheOtherSeed0001','google-ai-studio','{"gemini-2.5-pro":4102444800}',0,'active',1754900000,1754900000,812,901,3,1754900000,1754899000),
('22222222-0000-4000-8000-000000000002','csk-canary-of-the-other-seed-0002','cerebras-ai','{}',0,'active',1754900001,1754900001,0,1000,0,0,0);
INSERT INTO keys VALUES('22222222-0000-4000-8000-000000000003','sk-ant-canary-of-the-other-seed-0003','anthropic','{}',-5,'blocked',1754900002,1754900002,0,0,51,1754900002,0);
