import { withEntry } from "../../cli/support";
import { resourceLines, reviewOfChange, stackOf, told } from "../support/changed";

describe("TRY", () => {
    const show = (title: string, changes: Parameters<typeof reviewOfChange>[0], stack: string) =>
        it(title, async () => {
            const review = stackOf(await reviewOfChange(changes), stack);
            console.log(
                title,
                JSON.stringify(
                    {
                        ...told(review),
                        lines: resourceLines(review),
                        errors: review.errors,
                        refused: review.refused,
                        unchanged: review.unchanged,
                        af: review.accessFindings.appeared,
                    },
                    null,
                    1,
                ),
            );
        });
    show(
        "new secret",
        {
            "stacks/catalogue/estuary.ts": (t) =>
                t
                    .replace("    config: {", `    config: {`)
                    .replace(
                        "        auth: {",
                        `        search: {
            description: "Search",
            category: "api-key",
            holders: ["platform-engineering"],
            fields: { key: external("Search key", "Search console", rotates(vendorKey, "365 days"), { variable: "SEARCH_KEY" }), },
        },
        auth: {`,
                    )
                    .replace("reads: [", 'reads: ["SEARCH_KEY", '),
        },
        "dev",
    );
    show(
        "promote",
        {
            "ledger/dev.yaml": withEntry(
                "devplatform/jwt.secret_key",
                "current: { generation: 3, since: 2026-11-29, reason: schedule }",
                "previous: { generation: 2, until: 2026-12-09 }",
            ),
        },
        "dev",
    );
    show(
        "compromise",
        {
            "ledger/prod.yaml": withEntry(
                "devplatform/db.password",
                "current: { generation: 2, since: 2026-11-29, reason: compromise, reference: INC-7 }",
            ),
        },
        "prod",
    );
});
