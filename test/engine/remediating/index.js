"use strict";
const { PolicyPack } = require("@pulumi/policy");

const PET = "random:index/randomPet:RandomPet";

new PolicyPack("remediating", {
    policies: [
        {
            name: "pet-has-dots",
            description: "The parts of a pet's name stand apart by dots.",
            enforcementLevel: "remediate",
            remediateResource(args) {
                return args.type === PET ? { ...args.props, separator: "." } : undefined;
            },
        },
        {
            name: "pet-is-long",
            description: "A pet's name has at least four words.",
            enforcementLevel: "remediate",
            remediateResource(args) {
                return args.type === PET ? { ...args.props, length: 4 } : undefined;
            },
        },
        {
            name: "pet-is-told",
            description: "Tells of a pet as it has become.",
            enforcementLevel: "advisory",
            validateResource(args, report) {
                if (args.type === PET) report(`${args.props.length} words with ${args.props.separator}`);
            },
        },
    ],
});
