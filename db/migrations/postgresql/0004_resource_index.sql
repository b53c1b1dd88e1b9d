DROP INDEX "resource_pool";--> statement-breakpoint
CREATE INDEX "resource_pool" ON "resource" USING btree ("pool_id","id");