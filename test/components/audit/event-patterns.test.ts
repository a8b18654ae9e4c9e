import assert from "node:assert/strict";
import {
    changePattern,
    decryptedBesideTheStores,
    hasTooManyReaders,
    PATTERN_CHARS_MAX,
    readPatterns,
    type GuardedDocument,
} from "../../../components/audit/event-patterns";
import { callEvent, roleCaller, strangers, type Caller } from "../../../policies/reading/cloudtrail-events";
import { matchesEvent } from "../../../policies/reading/event-pattern";

/** What this does not prove: that CloudTrail records a call as the trials here are written, and that EventBridge agrees. */
const ACCOUNT = "210987654321";
const PLACE = { accountId: ACCOUNT, region: "us-east-1" };
const role = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const secret = (path: string, ...readers: string[]): GuardedDocument => ({
    store: "aws-secrets-manager",
    path,
    readers: readers.map(role),
});

const reads = (secretId: string, caller: Caller) =>
    callEvent(
        { service: "secretsmanager", name: "GetSecretValue", parameters: { secretId } },
        caller,
        ACCOUNT,
        PLACE.region,
    );
const decrypts = (context: object, caller: Caller) =>
    callEvent(
        { service: "kms", name: "Decrypt", parameters: { encryptionContext: context } },
        caller,
        ACCOUNT,
        PLACE.region,
    );

describe("the alert on reads", () => {
    const documents = [
        secret("shop/prod/db", "shop-prod-api", "shop-prod-job"),
        secret("shop/prod/jwt", "shop-prod-api"),
    ];
    const patterns = readPatterns(documents, [role("deployer")], PLACE);
    const told = (secretId: string, caller: Caller): boolean =>
        patterns.some((pattern) => matchesEvent(pattern, reads(secretId, caller)));
    const api = roleCaller(ACCOUNT, "shop-prod-api");
    const job = roleCaller(ACCOUNT, "shop-prod-job");

    it("is silent about those whom a grant names, and about the deployer", () => {
        for (const caller of [api, job, roleCaller(ACCOUNT, "deployer")])
            assert.ok(!told("shop/prod/db", caller));
        assert.ok(!told("shop/prod/jwt", api));
    });

    it("tells of anybody else, the readers of other documents too", () => {
        assert.ok(told("shop/prod/jwt", job));
        const near = [roleCaller(ACCOUNT, "shop-prod-api2"), roleCaller("999999999999", "shop-prod-api")];
        for (const caller of [...strangers(ACCOUNT), ...near]) assert.ok(told("shop/prod/db", caller));
    });

    it("knows a secret by its name, its ARN, and its ARN without the last six characters", () => {
        const arn = `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:shop/prod/jwt`;
        for (const spelled of ["shop/prod/jwt", arn, `${arn}-AbC123`]) assert.ok(told(spelled, job), spelled);
        assert.ok(!told("shop/prod/jwt-admin", job));
    });

    it("is silent about what a service does by itself", () => {
        assert.ok(!told("shop/prod/jwt", { type: "AWSService", invokedBy: "secretsmanager.amazonaws.com" }));
    });

    it("knows a parameter by what KMS decrypts, whatever call asked for it", () => {
        const parameter = {
            store: "aws-parameter-store",
            path: "/shop/prod/db",
            readers: [role("shop-prod-api")],
        } as const;
        const [pattern, ...more] = readPatterns([parameter], [], PLACE);
        assert.deepEqual(more, []);
        const context = { PARAMETER_ARN: `arn:aws:ssm:us-east-1:${ACCOUNT}:parameter/shop/prod/db` };
        assert.ok(matchesEvent(pattern, decrypts(context, job)));
        assert.ok(!matchesEvent(pattern, decrypts(context, api)));
        assert.ok(!matchesEvent(pattern, decrypts({ PARAMETER_ARN: `${context.PARAMETER_ARN}2` }, job)));
    });

    it("is one pattern for documents with the same readers, and several where one would be too long", () => {
        assert.equal(
            readPatterns([secret("a", "x"), secret("b", "x"), secret("c", "y")], [], PLACE).length,
            2,
        );
        const many = Array.from({ length: 100 }, (_, i) =>
            secret(`shop/prod/document-${String(i)}`, "shop-prod-api"),
        );
        const parts = readPatterns(many, [], PLACE);
        assert.ok(parts.length > 1 && parts.length < 12, String(parts.length));
        for (const part of parts) assert.ok(JSON.stringify(part).length <= PATTERN_CHARS_MAX);
        for (const { path } of many)
            assert.equal(parts.filter((part) => matchesEvent(part, reads(path, job))).length, 1, path);
    });

    it("does not depend on the order of documents and readers", () => {
        const turned = documents.map((each) => ({ ...each, readers: each.readers.toReversed() })).reverse();
        assert.deepEqual(readPatterns(turned, [role("deployer")], PLACE), patterns);
    });

    it("can name some twenty readers of one document", () => {
        const readBy = (count: number): GuardedDocument =>
            secret(
                "shop/prod/db",
                ...Array.from({ length: count }, (_, i) => `shop-prod-consumer-${String(i)}`),
            );
        assert.ok(!hasTooManyReaders(readBy(20), [], PLACE));
        assert.ok(hasTooManyReaders(readBy(40), [], PLACE));
    });
});

describe("the alert on decryption beside the stores", () => {
    it("tells of somebody who decrypts what a store keeps, and not of the store", () => {
        const context = {
            SecretARN: `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:shop/prod/db-AbC123`,
        };
        const caller = roleCaller(ACCOUNT, "shop-prod-api");
        assert.ok(matchesEvent(decryptedBesideTheStores, decrypts(context, caller)));
        const through = { ...caller, invokedBy: "secretsmanager.amazonaws.com" };
        assert.ok(!matchesEvent(decryptedBesideTheStores, decrypts(context, through)));
        assert.ok(!matchesEvent(decryptedBesideTheStores, decrypts({ "aws:s3:arn": "x" }, caller)));
    });
});

describe("the alert on changes", () => {
    const pattern = changePattern([role("deployer")]);
    const told = (service: string, name: string, caller: Caller): boolean =>
        matchesEvent(pattern, callEvent({ service, name }, caller, ACCOUNT, PLACE.region));
    const deployer = roleCaller(ACCOUNT, "deployer");

    it("fits into one pattern", () => {
        assert.ok(JSON.stringify(pattern).length <= PATTERN_CHARS_MAX);
    });

    it("tells of deletions, opened policies and what ends the record, the deployer's too", () => {
        const calls: [string, string][] = [
            ["secretsmanager", "DeleteSecret"],
            ["secretsmanager", "PutResourcePolicy"],
            ["secretsmanager", "DeleteResourcePolicy"],
            ["kms", "DisableKey"],
            ["kms", "ScheduleKeyDeletion"],
            ["kms", "PutKeyPolicy"],
            ["cloudtrail", "StopLogging"],
            ["cloudtrail", "DeleteTrail"],
            ["cloudtrail", "UpdateTrail"],
            ["events", "DisableRule"],
            ["monitoring", "DeleteAlarms"],
        ];
        for (const [service, name] of calls)
            for (const caller of [...strangers(ACCOUNT), deployer])
                assert.ok(told(service, name, caller), name);
        assert.ok(!told("secretsmanager", "GetSecretValue", deployer));
        assert.ok(!told("s3", "DeleteSecret", deployer));
    });

    it("tells of stages that move by anybody but the deployer, whose every rotation moves them", () => {
        assert.ok(!told("secretsmanager", "UpdateSecretVersionStage", deployer));
        for (const caller of strangers(ACCOUNT))
            assert.ok(told("secretsmanager", "UpdateSecretVersionStage", caller));
    });
});
