"use strict";
const { PolicyPack } = require("@pulumi/policy");

const PET = "random:index/randomPet:RandomPet";

new PolicyPack("held", {
    policies: [
        {
            name: "pet-is-long",
            description: "A pet's name has at least three words.",
            enforcementLevel: "mandatory",
            severity: "high",
            validateResource(args, report) {
                if (args.type === PET && args.props.length < 3) report("too few words");
            },
        },
        {
            name: "pet-is-protected",
            description: "A pet is protected.",
            enforcementLevel: "advisory",
            validateResource(args, report) {
                if (args.type === PET && !args.opts.protect)
                    report(`not protected, provider ${args.provider?.name ?? "none"}`);
            },
        },
        {
            name: "stack-is-small",
            description: "A stack has no more than three resources.",
            enforcementLevel: "advisory",
            validateStack(args, report) {
                const parents = args.resources.filter((resource) => resource.parent !== undefined).length;
                report(`${args.resources.length} resources, ${parents} with a parent`);
            },
        },
        {
            name: "unknowns-are-unknown",
            description: "Reads what only a deployment can tell.",
            enforcementLevel: "mandatory",
            validateStack(args, report) {
                for (const { type, props } of args.resources)
                    if (type === PET && props.id === "") report("empty id");
                for (const { type, props } of args.resources)
                    if (type.endsWith("RandomPassword") && props.result === "") report("empty");
            },
        },
    ],
});
