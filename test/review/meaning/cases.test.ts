import assert from "node:assert/strict";

import type { StackReview } from "../../../review/review";
import { resourceLines, reviewOfChange, told } from "../support/changed";
import { EDITS } from "../support/edits";

const NOTHING = { documents: [], fields: [], rotations: [], access: [], workloads: [], toSet: [] };

interface Case {
    readonly edit: keyof typeof EDITS;
    readonly stack: string;
    /** All that differs, lists that are left out being empty. */
    readonly told: Partial<ReturnType<typeof told>>;
    /** What an engine does; left out where it is of no interest. */
    readonly resources?: readonly string[];
}

const CASES: readonly Case[] = [
    {
        edit: "a new secret",
        stack: "prod",
        told: {
            documents: ["added estuary/search: kubernetes estuary-prod"],
            fields: ["added estuary/search.key"],
            workloads: ["changed estuary/estuary restarts +SEARCH_KEY"],
            toSet: ["estuary/search.key"],
        },
        resources: [
            'changed Secret estuary/estuary metadata.annotations["strongroom.io/documents"]',
            "changed Consumer estuary/estuary reads[3]",
            "added Document estuary/search",
        ],
    },
    {
        edit: "announce",
        stack: "dev",
        told: {
            rotations: [
                "yosai/app.fernet_key; generation 2 is announced; schedule; stays in use; the new one may be from 2026-12-02 on",
            ],
            workloads: ["changed yosai/dashboard restarts yosai/app.fernet_key +FERNET_KEY_NEXT"],
        },
    },
    {
        edit: "promote",
        stack: "dev",
        told: {
            rotations: [
                "devplatform/jwt.secret_key; generation 3 is used from now on; schedule; is accepted until 2026-12-09",
            ],
            workloads: [
                "changed devplatform/backend restarts devplatform/jwt.secret_key +JWT_SECRET_KEY_PREVIOUS -JWT_SECRET_KEY_NEXT",
            ],
        },
    },
    {
        edit: "replace",
        stack: "dev",
        told: {
            rotations: [
                "devplatform/db.password; generation 2 replaces 1; schedule; is kept for the way back until 2026-12-06",
            ],
            workloads: [
                "changed devplatform/backend restarts devplatform/db.password",
                "changed devplatform/celery restarts devplatform/db.password",
                "changed devplatform/postgres devplatform/db.password",
            ],
        },
    },
    {
        edit: "retire",
        stack: "prod",
        told: {
            rotations: [
                "devplatform/jwt.secret_key; generation 1 goes; schedule; goes, and its number is never given again",
            ],
            workloads: [
                "changed devplatform/backend restarts devplatform/jwt.secret_key -JWT_SECRET_KEY_PREVIOUS",
            ],
        },
    },
    {
        edit: "compromise",
        stack: "prod",
        told: {
            rotations: [
                "devplatform/db.password; generation 2 replaces 1; compromise, INC-7; goes with the deployment, and is refused once whatever checks it has the new one; compromise",
            ],
            workloads: [
                "changed devplatform/backend restarts is cut devplatform/db.password",
                "changed devplatform/celery restarts is cut devplatform/db.password",
                "changed devplatform/postgres devplatform/db.password",
            ],
        },
    },
    {
        edit: "a new consumer",
        stack: "prod",
        told: {
            fields: ["changed yosai/db.password; consumers: dashboard, report, was dashboard"],
            access: [
                "gained service account external-secrets/external-secrets on eks-prod read yosai-prod/report-secrets",
                "gained service account yosai-prod/report on eks-prod read yosai-prod/report-secrets",
                "gained service account external-secrets/external-secrets on eks-prod list yosai-prod/report-secrets",
                "gained service account external-secrets/external-secrets on eks-prod write yosai-prod/report-secrets",
                "gained service account external-secrets/external-secrets on eks-prod delete yosai-prod/report-secrets",
                "gained role yosai-prod-report read secret/yosai/prod/db",
                "gained service account yosai-prod/report on eks-prod read secret/yosai/prod/db",
            ],
            workloads: ["added yosai/report yosai/db.password +/run/secrets/db_password"],
        },
    },
    {
        edit: "a moved document",
        stack: "prod",
        told: { documents: ["moved yosai/db: vault yosai/prod/db-r2"] },
    },
    {
        edit: "a document less",
        stack: "dev",
        told: {
            documents: ["removed devplatform/sentry: vault devplatform/dev/sentry"],
            fields: ["removed devplatform/sentry.backend_dsn", "removed devplatform/sentry.frontend_dsn"],
        },
    },
    {
        edit: "another setting",
        stack: "dev",
        told: { workloads: ["changed devplatform/backend", "changed devplatform/celery"] },
        resources: [
            "changed ConfigMap devplatform/backend data.LOG_LEVEL",
            "changed ConfigMap devplatform/celery data.LOG_LEVEL",
        ],
    },
];

// What a cluster or a store makes of it, this does not show; nor the words of each form.
describe("what a pull request does to secrets", () => {
    const reviews = new Map<string, Promise<StackReview>>();
    const reviewOfEdit = (edit: keyof typeof EDITS, stack: string): Promise<StackReview> => {
        const known = reviews.get(edit) ?? reviewOfChange(EDITS[edit], stack);
        reviews.set(edit, known);
        return known;
    };

    for (const { edit, stack, told: expected, resources } of CASES) {
        it(`is told of ${edit} in ${stack}`, async () => {
            const review = await reviewOfEdit(edit, stack);
            assert.deepEqual(told(review), { ...NOTHING, ...expected });
            if (resources !== undefined) assert.deepEqual(resourceLines(review), resources);
            assert.deepEqual([review.errors, review.accessFindings.appeared, review.refused], [[], [], []]);
        });
    }

    it("says what replaces the value of a compromised one, and nothing of the value", async () => {
        const { resources } = await reviewOfEdit("compromise", "prod");
        const version = resources.find(({ type }) => type.endsWith(":SecretVersion"));
        assert.deepEqual(version?.properties, [{ path: "secretString", kind: "changed", isSecret: true }]);
        assert.deepEqual(version.replacedBecauseOf, ["secretString"]);
        assert.equal(version.belongsTo, "document devplatform/db");
    });

    it("moves the calendar of the field that rotates, and of no other", async () => {
        const { whole } = await reviewOfEdit("compromise", "prod");
        const moved = whole.calendar.filter(({ isChanged }) => isChanged);
        assert.deepEqual(moved, [
            {
                field: "devplatform/db.password",
                class: "account-password",
                strategy: "swap",
                current: { generation: 2, since: "2026-11-29", reason: "compromise" },
                due: "2027-02-27",
                upcoming: { step: "replace", earliest: "2027-02-27" },
                isChanged: true,
            },
        ]);
    });

    it("refuses a leap of the ledger", async () => {
        const review = await reviewOfEdit("a leap", "prod");
        assert.deepEqual(
            review.refused.map(({ message }) => message),
            ["generation 4 would follow 1", "generation 1 is in use, and would be gone at once"],
        );
        assert.deepEqual(review.rotations, []);
        assert.equal(review.verdict, "violated");
    });

    it("names a setting that running pods do not see", async () => {
        const { workloads } = await reviewOfEdit("another setting", "dev");
        assert.deepEqual(workloads[0]?.settings, ["LOG_LEVEL"]);
    });

    it("says where a document was before it moved", async () => {
        const { documents } = await reviewOfEdit("a moved document", "prod");
        assert.deepEqual(documents[0]?.former, { store: "vault", path: "yosai/prod/db" });
    });
});
