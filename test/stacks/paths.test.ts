import assert from "node:assert/strict";
import type { Document, Platform } from "../../components/domain/catalogue";
import { Problems } from "../../components/domain/problems";
import { literal } from "../../components/domain/fields";
import { checkPaths, storedNameOf } from "../../stacks/config/paths";
import type { PlatformConfig } from "../../stacks/config/schema";

const document: Document = {
    description: "A document",
    category: "database",
    holders: ["team"],
    fields: { user: literal("User", "app") },
};
const platform: Platform = {
    name: "shop",
    title: "Shop",
    owner: "team",
    documents: { db: document, "db-r2": document, host: document },
    config: { host: { description: "Host", required: true, variable: "HOST" } },
    consumers: {},
};
const sound: PlatformConfig = {
    cluster: "one",
    secrets: "vault",
    config: "kubernetes",
    recreated: {},
    native: {},
    settings: {},
};

function problemsOf(change: Partial<PlatformConfig>) {
    const problems = new Problems();
    checkPaths(platform, { ...sound, ...change }, problems);
    return problems.all.map(({ place, message }) => `${place}: ${message}`);
}

describe("the paths of a platform's documents", () => {
    it("are their names, until a document was created again", () => {
        assert.equal(storedNameOf("db", sound), "db");
        assert.equal(storedNameOf("db", { recreated: { db: 3 } }), "db-r3");
        assert.deepEqual(problemsOf({ recreated: { db: 3 } }), []);
    });

    it("are refused where two documents have one", () => {
        assert.deepEqual(problemsOf({ recreated: { db: 2 } }), [
            "strongroom:platforms.shop.recreated.db: the documents 'db' and 'db-r2' are both stored as 'db-r2'",
        ]);
    });

    it("are refused where a document and a configuration value have one", () => {
        const both = { secrets: "aws-parameter-store", config: "aws-parameter-store" } as const;
        assert.deepEqual(problemsOf(both), [
            "strongroom:platforms.shop.secrets: the document 'host' and the configuration value 'host' are one parameter",
        ]);
        assert.deepEqual(problemsOf({ ...both, config: "kubernetes" }), []);
    });

    it("are refused for a document that is not there", () => {
        assert.deepEqual(problemsOf({ recreated: { bd: 2 } }), [
            "strongroom:platforms.shop.recreated.bd: the platform has no such document",
        ]);
    });
});
