import { Provider } from "@pulumi/random/provider";
import * as pulumi from "@pulumi/pulumi";
import { generated, hex, rotates } from "../../../../components/domain/fields";
import { Names } from "../../../../components/domain/names";
import type { Generations } from "../../../../components/domain/rotation/stages";
import { Document } from "../../../../components/secrets/document";
import { declareStateMark } from "../../../../components/secrets/state-mark";
import type { SecretStore } from "../../../../components/stores/store";

/** One document of one key that overlaps; its ledger is the configuration, and its store keeps nothing. */
const ledger = { "shop/jwt.key": new pulumi.Config().requireObject<Generations>("generations") };
const store: SecretStore = {
    kind: "vault",
    path: () => "shop/jwt",
    reference: () => undefined,
    write: () => undefined,
};
const random = new Provider("random");
const stack = pulumi.getStack();
const stateMark = declareStateMark(
    stack,
    { stack, place: "ledger.yaml", drawn: ledger, startOver: undefined },
    { provider: random },
);
const document = new Document(
    "shop/jwt",
    {
        names: new Names("shop", "prod"),
        document: "jwt",
        spec: {
            description: "Tokens",
            category: "security",
            holders: ["team"],
            fields: {
                key: generated("Key", hex(32), rotates({ name: "key", strategy: "overlap" }, "90 days")),
            },
        },
        owner: "team",
        store,
        ledger,
        values: {},
        outOfBand: new Set(),
        settings: {},
        siblings: {},
        random,
        stateMark,
    },
    {},
);
export const values = document.values;
