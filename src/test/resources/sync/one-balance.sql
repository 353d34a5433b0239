PRAGMA defer_foreign_keys=TRUE;
CREATE TABLE d1_migrations(
		id         INTEGER PRIMARY KEY AUTOINCREMENT,
		name       TEXT UNIQUE,
		applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
);
INSERT INTO "d1_migrations" VALUES(1,'0000_first.sql','2025-07-26 20:25:07');
CREATE TABLE `keys` (
	`id` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`provider` text NOT NULL,
	`model_coolings` text,
	`total_cooling_seconds` integer DEFAULT 0 NOT NULL,
	`status` text DEFAULT 'active' NOT NULL,
	`created_at` integer DEFAULT (strftime('%s', 'now')) NOT NULL,
	`updated_at` integer DEFAULT (strftime('%s', 'now')) NOT NULL
, `remark` text);
INSERT INTO "keys" VALUES('11111111-0000-4000-8000-000000000001','AIzaSyCanaryOfTheFirstSeed0001','google-ai-studio',NULL,0,'active',1753561507,1753561507,NULL);
INSERT INTO "keys" VALUES('11111111-0000-4000-8000-000000000002','AIzaSyCanaryOfTheFirstSeed0002','google-ai-studio','{"gemini-2.5-pro":{"total_seconds":90000,"end_at":4102444800},"gemini-2.5-flash":{"total_seconds":60,"end_at":1753561567}}',90060,'active',1753561508,1753561600,'from Ann; it''s hers, (the 2nd)');
INSERT INTO "keys" VALUES('11111111-0000-4000-8000-000000000003','AIzaSyCanaryOfTheFirstSeed0003','google-ai-studio','{}',0,'blocked',1753561509,1753561509,'');
INSERT INTO "keys" VALUES('11111111-0000-4000-8000-000000000004','csk-canary-of-the-first-seed-0004','cerebras','{}',0,'active',1753561510,1753561510,'-- not a comment');
INSERT INTO "keys" VALUES('11111111-0000-4000-8000-000000000005','sk-canary-of-the-first-seed-0005','openai','{}',120,'active',1753561511,1753561511,'two
lines');
DELETE FROM sqlite_sequence;
INSERT INTO "sqlite_sequence" VALUES('d1_migrations',1);
CREATE UNIQUE INDEX `provider_key_unq_idx` ON `keys` (`provider`,`key`);
CREATE INDEX `provider_status_created_at_idx` ON `keys` (`provider`,`status`,`created_at`);
CREATE INDEX `total_cooling_seconds_idx` ON `keys` (`total_cooling_seconds`);
