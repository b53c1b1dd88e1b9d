CREATE TABLE "audit_day" (
	"day" text PRIMARY KEY NOT NULL,
	"chains" integer NOT NULL,
	"digest" text NOT NULL,
	"mac" text NOT NULL,
	"key_name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_seal" (
	"chain" text PRIMARY KEY NOT NULL,
	"position" integer NOT NULL,
	"hash" text NOT NULL,
	"mac" text NOT NULL
);
