import assert from "node:assert/strict";
import { SETTINGS } from "./cases/settings";
import { VALUES } from "./cases/values";
import { checked, filledExample, told } from "./support";
import type { CheckedAs } from "./support";

/** The filled example with some lines replaced, by variable; an undefined one is taken out. */
async function changed(
    platform: string,
    changes: Readonly<Record<string, string | undefined>>,
    environment?: string,
): Promise<string> {
    const lines = (await filledExample(platform, environment)).trimEnd().split("\n");
    const kept = lines.filter((line) => {
        const name = line.split("=")[0] ?? "";
        return !/^[A-Z]/.test(line) || !(name in changes);
    });
    const set = Object.entries(changes).flatMap(([name, value]) =>
        value === undefined ? [] : [`${name}=${value}`],
    );
    return [...set, ...kept, ""].join("\n");
}

/** Does not prove: that these are all mistakes that people make. */
describe("a check of variables", () => {
    for (const { title, platform, set, dev, prod, as = {} } of [...VALUES, ...SETTINGS]) {
        for (const [environment, faults] of Object.entries({ dev, prod })) {
            it(`tells ${title}, for ${platform} in ${environment}`, async () => {
                const text = await changed(platform, set, environment);
                assert.deepEqual(told(await checked(platform, text, { ...as, environment })), faults);
            });
        }
    }

    it("tells values of a protected environment elsewhere, by host and by a vendor's mark", async () => {
        const set = {
            S3_ENDPOINT_URL: "https://devplatform-minio.prod.example.com",
            S3_ACCESS_KEY: "sk_live_4242",
            ALLOWED_ORIGINS: "https://not-devplatform.example.com",
        };
        const faults = told(await checked("devplatform", await changed("devplatform", set)));
        assert.deepEqual(faults, [
            "error 1 S3_ENDPOINT_URL foreign",
            "error 2 S3_ACCESS_KEY malformed",
            "error 2 S3_ACCESS_KEY foreign",
        ]);
    });

    it("tells where a variable was set before", async () => {
        const { faults } = await checked("yosai", `YOSAI_ENV=staging\n${await filledExample("yosai")}`);
        assert.equal(faults.length, 1);
        assert.match(faults[0]!.message, /what line 1 has set/);
        assert.equal(faults[0]!.kind, "duplicate");
    });

    it("gives the next step: a command, a page, or a name", async () => {
        const text = await changed("devplatform", {
            JWT_SECRET_KEY: "",
            ANTHROPIC_API_KEY: "x",
            S3_REGIO: "a",
        });
        const fixes = (await checked("devplatform", text)).faults.map(({ fix }) => fix);
        assert.deepEqual(fixes, [
            "Draw one: openssl rand -hex 32",
            "Issued by: Anthropic console, https://console.anthropic.com/settings/keys",
            "Did you mean 'S3_REGION'?",
        ]);
    });

    it("counts what is given, and names what it could not look at", async () => {
        const as: CheckedAs = { files: { "/f": { is: "elsewhere" } } };
        const text = await changed("yosai", { SECRET_KEY: undefined, SECRET_KEY_FILE: "/f" });
        const { unseen, given } = await checked("yosai", text, as);
        assert.deepEqual(unseen, ["SECRET_KEY"]);
        assert.equal(given, 9);
    });
});
