import { UNKNOWN, type Table } from "../support/case";

const type = "aws:secretsmanager/secret:Secret";

export const table: Table = {
    policy: "sm-03-deletion-can-be-taken-back",
    clean: { type, props: { recoveryWindowInDays: 30 } },
    cases: [
        { title: "at once", change: { recoveryWindowInDays: 0 }, expect: ["deletes at once"] },
        {
            title: "at once, where that is allowed",
            change: { recoveryWindowInDays: 0 },
            settings: { allowImmediateDeletion: true },
            expect: "clean",
        },
        {
            title: "near miss: 6 days, where 0 is allowed",
            change: { recoveryWindowInDays: 6 },
            settings: { allowImmediateDeletion: true },
            expect: ["is too short"],
        },
        { title: "near miss: 7 days", change: { recoveryWindowInDays: 7 }, expect: "clean" },
        {
            title: "6 days",
            change: { recoveryWindowInDays: 6 },
            expect: ['"recoveryWindowInDays" is too short'],
        },
        { title: "a text", change: { recoveryWindowInDays: "30" }, expect: ["deletes at once"] },
        { title: "AWS's own, which is 30", change: { recoveryWindowInDays: undefined }, expect: "clean" },
        { title: "an unknown window waits", change: { recoveryWindowInDays: UNKNOWN }, expect: "can't run" },
    ],
    mutations: [
        { title: "at once", type, change: { recoveryWindowInDays: 0 } },
        { title: "too short", type, change: { recoveryWindowInDays: 6 } },
    ],
};
