import { UNKNOWN, type Table } from "../support/case";

const type = "pulumi:pulumi:StackReference";

export const table: Table = {
    policy: "iso-11-stacks-refer-to-their-environment",
    clean: { type, props: { name: "acme/network/prod" } },
    cases: [
        { title: "a stack of dev", change: { name: "acme/network/dev" }, expect: ['"name"'] },
        {
            title: "near miss: a stack of prod-eu",
            change: { name: "acme/network/prod-eu" },
            expect: ['"name"'],
        },
        {
            title: "a part of this environment",
            change: { name: "acme/strongroom/prod.yosai" },
            expect: "clean",
        },
        { title: "a part of another", change: { name: "acme/strongroom/prod-eu.yosai" }, expect: ['"name"'] },
        { title: "a stack alone", change: { name: "prod" }, expect: "clean" },
        { title: "a project that is called like us", change: { name: "acme/prod/dev" }, expect: ['"name"'] },
        { title: "a stack of no environment", change: { name: "acme/dns/global" }, expect: ['"name"'] },
        {
            title: "a stack of no environment that is listed",
            change: { name: "acme/dns/global" },
            settings: { allowedStacks: ["acme/dns/global"] },
            expect: "clean",
        },
        {
            title: "a stack that is called like a listed one",
            change: { name: "other/dns/global" },
            settings: { allowedStacks: ["acme/dns/global"] },
            expect: ['"name"'],
        },
        { title: "no name", change: { name: undefined }, expect: ['"name"'] },
        { title: "an unknown name waits", change: { name: UNKNOWN }, expect: "can't run" },
    ],
    mutations: { none: "No stack refers to another: each stands on its own configuration" },
};
