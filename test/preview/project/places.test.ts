import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { formatProblems } from "../../../components/domain/problems";
import { placedMessage, placedProblems } from "../../../preview/project";

const STACK = `config:
  try:ledger: ledger/dev.yaml
  try:aws:
    accountId: "1"
  try:values:
    a/b.c: {secure: x}
  try:list: [a, b]
`;
const LEDGER = `# comment
a/b.c:
  current: { generation: 1 }
a/b.cd:
  next:
    generation: 3
`;

describe("a mistake that a program tells", () => {
    const directory = mkdtempSync(path.join(tmpdir(), "strongroom-places-"));
    mkdirSync(path.join(directory, "ledger"));
    writeFileSync(path.join(directory, "Pulumi.yaml"), "name: try\nconfig:\n  environments: [dev]\n");
    writeFileSync(path.join(directory, "Pulumi.dev.yaml"), STACK);
    writeFileSync(path.join(directory, "ledger/dev.yaml"), LEDGER);
    after(() => {
        rmSync(directory, { recursive: true });
    });
    const project = { directory, name: "try" };
    const stack = { stack: "dev", values: { "try:ledger": "ledger/dev.yaml" } };

    const places: readonly (readonly [what: string, told: string, shown: string])[] = [
        ["a key", "try:aws", "Pulumi.dev.yaml:3 try:aws"],
        ["a key below another", "try:aws.accountId", "Pulumi.dev.yaml:4 try:aws.accountId"],
        ["a missing key, by what it is missing from", "try:aws.region", "Pulumi.dev.yaml:3 try:aws.region"],
        ["a key that is in no file, by the file", "try:gcp", "Pulumi.dev.yaml try:gcp"],
        ["a name in brackets", 'try:values["a/b.c"]', 'Pulumi.dev.yaml:6 try:values["a/b.c"]'],
        ["an unknown name in brackets", 'try:values["a/x"]', 'Pulumi.dev.yaml:5 try:values["a/x"]'],
        ["an element of a list", "try:list[1]", "Pulumi.dev.yaml:7 try:list[1]"],
        ["a key that the project declares", "try:environments", "Pulumi.yaml:3 try:environments"],
        ["an entry of the ledger", "ledger/dev.yaml: a/b.c", "ledger/dev.yaml:2 a/b.c"],
        ["the longer of two names", "ledger/dev.yaml: a/b.cd", "ledger/dev.yaml:4 a/b.cd"],
        [
            "a part of an entry",
            "ledger/dev.yaml: a/b.cd.next.generation",
            "ledger/dev.yaml:6 a/b.cd.next.generation",
        ],
        ["the ledger as a whole", "ledger/dev.yaml", "ledger/dev.yaml"],
        ["a path of the catalogue", "shop/db.url", "shop/db.url"],
    ];
    for (const [what, told, shown] of places) {
        it(`has the place of ${what}`, () => {
            const problems = (place: string) => [
                { place, message: "it is: wrong", fix: "Did you mean 'x'?" },
                { place, message: "it is 'x'", fix: "Mend it" },
            ];
            const message = formatProblems("The stack 'dev'", problems(told));
            strictEqual(
                placedMessage(message, project, stack),
                formatProblems("The stack 'dev'", problems(shown)),
            );
        });
    }

    it("is read back as it was written", () => {
        const problems = [
            { place: "shop/db", message: "it has no fields", fix: "Add one" },
            { place: "shop", message: "it has no owner" },
        ];
        deepStrictEqual(placedProblems(formatProblems("The stack 'dev'", problems), project, stack), {
            subject: "The stack 'dev'",
            problems,
        });
    });

    for (const message of [
        "",
        "Error: broken\n    at file.ts:1",
        "It has a mistake:\n      no problem first",
    ]) {
        it(`stays as it is when it is no list: ${JSON.stringify(message)}`, () => {
            strictEqual(placedMessage(message, project, stack), message);
        });
    }
});
