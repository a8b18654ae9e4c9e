import type { Review } from "../../../review/review";
import { CALENDAR, cellsOf, changesOf, nodesOf } from "./sample-parts";
import { cellOf, noDelta, reviewOf, stackOf, violationOf } from "./support";

/** A review that has something of everything: what a page can show is to be seen on it. */

const cost = (calls: number, dollars: number) => ({
    lines: [
        {
            what: "Secrets Manager: 9 secrets and 9 replicas",
            service: "AWS Secrets Manager",
            dollarsPerMonth: 7.2,
        },
        { what: "KMS: 3 keys and 2 replicas", service: "AWS KMS", dollarsPerMonth: 5 },
        {
            what: "Secrets Manager: GetSecretValue",
            service: "AWS Secrets Manager",
            callsPerMonth: calls,
            dollarsPerMonth: 0.05,
        },
    ],
    callsPerMonth: calls,
    dollarsPerMonth: dollars,
    prices: { on: "2026-11-01", sources: ["https://aws.amazon.com/secrets-manager/pricing/"] },
});

const setCommand = (stack: string, field: string): string =>
    `pulumi config set --stack ${stack} --secret --path 'strongroom:values["${field}"]'`;

const common = (stack: string): Parameters<typeof stackOf>[1] => ({
    resources: changesOf(stack),
    unchanged: 308,
    documents: [
        {
            kind: "added",
            document: "devplatform/billing",
            owner: "billing",
            store: "aws-secrets-manager",
            path: `devplatform/${stack}/billing`,
            fields: ["stripe_api_key", "webhook_secret"],
        },
        {
            kind: "moved",
            document: "devplatform/session",
            owner: "platform",
            store: "vault",
            path: `strongroom-${stack}/devplatform/session`,
            former: { store: "aws-secrets-manager", path: `devplatform/${stack}/session` },
            fields: ["cookie_key"],
        },
    ],
    fields: [
        {
            kind: "added",
            field: "devplatform/billing.stripe_api_key",
            fieldKind: "external",
            rotation: "vendor-key",
            what: [],
        },
        {
            kind: "changed",
            field: "devplatform/db.password",
            fieldKind: "generated",
            rotation: "database-password",
            what: ["length: 40 characters, was 32"],
        },
    ],
    rotations: [
        {
            field: "devplatform/jwt.secret_key",
            what: "generation 3 is announced",
            why: "schedule",
            oldValue: "generation 2 stays in use",
            isCompromise: false,
        },
        {
            field: "devplatform/s3.access_key",
            what: "generation 3 is current, generation 2 is revoked",
            why: "compromise, INC-7",
            oldValue: "generation 2 is refused at once",
            isCompromise: true,
        },
    ],
    workloads: [
        {
            consumer: "devplatform/backend",
            kind: "changed",
            restarts: true,
            generations: ["devplatform/jwt.secret_key"],
            appeared: ["JWT_SECRET_KEY_NEXT", "STRIPE_API_KEY"],
            gone: [],
            isCut: false,
        },
        {
            consumer: "devplatform/celery",
            kind: "changed",
            restarts: true,
            generations: ["devplatform/s3.access_key"],
            appeared: [],
            gone: ["S3_ACCESS_KEY_PREVIOUS"],
            isCut: true,
        },
    ],
    toSet: [
        {
            field: "devplatform/billing.stripe_api_key",
            command: setCommand(stack, "devplatform/billing.stripe_api_key"),
            isNew: true,
        },
        ...["mapbox_access_token", "anthropic_api_key"].map((name) => ({
            field: `devplatform/api-keys.${name}`,
            command: setCommand(stack, `devplatform/api-keys.${name}`),
            isNew: false,
        })),
    ],
    cost: { before: cost(18_250, 12.25), after: cost(18_980, 13.05) },
    whole: {
        resources: nodesOf(stack),
        access: cellsOf(stack),
        questions: { asked: 25_432, allowed: cellsOf(stack).length, denied: 25_432 - cellsOf(stack).length },
        calendar: CALENDAR,
    },
});

export const everything: Review = reviewOf({
    verdict: "violated",
    head: {
        name: "working tree",
        commit: "89e6c98d92887913cadf06b2adb97f26cde4849b",
        changed: { files: ["ledger/prod.yaml", "stacks/catalogue/devplatform.ts"], count: 2 },
    },
    notes: ["The base was rendered with the modules of the head, since both lock files agree."],
    stacks: [
        stackOf("dev", {
            ...common("dev"),
            violations: { ...noDelta(), appeared: [violationOf("dev", { level: "advisory" })] },
        }),
        stackOf("prod", {
            ...common("prod"),
            verdict: "violated",
            refused: [
                {
                    place: "ledger/prod.yaml: devplatform/jwt.secret_key",
                    message: "generation 4 would be current although generation 3 was never announced",
                    fix: "Announce generation 3 first: `npm run rotate -- due`",
                },
            ],
            violations: {
                appeared: [violationOf("prod")],
                stayed: [
                    violationOf("prod", {
                        policy: "eso-05-secrets-are-owned-and-found",
                        id: "ESO-05",
                        description: "What the operator writes belongs to it, and is found again.",
                        message: "ESO-05: the Secret is not owned. Set 'creationPolicy' to Owner.",
                        resource: "devplatform/backend",
                        type: "kubernetes:external-secrets.io/v1:ExternalSecret",
                    }),
                ],
                gone: [
                    violationOf("prod", {
                        policy: "kms-01-keys-rotate",
                        id: "KMS-01",
                        description: "Keys rotate by themselves.",
                        message: "KMS-01: 'enableKeyRotation' is false. Set it to true.",
                        resource: "strongroom-prod-secrets",
                        type: "aws:kms/key:Key",
                    }),
                ],
            },
            exemptions: {
                ...noDelta(),
                appeared: [
                    {
                        ...violationOf("prod", {
                            policy: "iso-03-no-shared-principal",
                            id: "ISO-03",
                            description: "Environments share no principal.",
                            message: "ISO-03: the role devplatform-ci is used by dev and prod.",
                        }),
                        exemption: {
                            owner: "platform-engineering",
                            reason: "moves in January",
                            until: "2027-01-31",
                        },
                    },
                ],
            },
            access: [
                ...cellsOf("prod")
                    .filter(({ change }) => change !== undefined)
                    .map((cell) => ({ kind: cell.change ?? "changed", cell })),
                { kind: "lost", cell: cellOf("prod", { identity: "role devplatform-prod-celery" }) },
                {
                    kind: "lost",
                    cell: cellOf("prod", { identity: "role devplatform-prod-celery", verb: "list" }),
                },
            ],
            accessFindings: {
                ...noDelta(),
                appeared: [
                    {
                        kind: "foreign",
                        who: "devplatform-dev-backend",
                        what: "devplatform/jwt",
                        message: "role devplatform-dev-backend of dev may read devplatform/jwt of prod",
                        place: "SecretPolicy devplatform/jwt, statement 1",
                        fix: "Name roles of prod alone",
                    },
                ],
            },
        }),
    ],
});
