import assert from "node:assert/strict";
import { Duration } from "../../../components/domain/duration";
import { shortestPeriod } from "../../../components/domain/rotation/due";
import { rotationSchedule } from "../../../components/stores/gcp-secret-manager";
import type { Rendering } from "../../../preview/rendering";
import { account } from "../../support/rotation-classes";
import { kindAndName, one, renderShop } from "../../support/render-shop";

/** What this does not prove: that Google takes the times, which depends on the day of the deployment. */

const GCP = { project: "shop-prod", projectNumber: "109876543210", location: "us-central1" };
const TOPIC = "projects/shop-prod/topics/strongroom-prod-rotation";

const shop = (rotationNotices: boolean, ledger?: string): Promise<Rendering> =>
    renderShop({
        secrets: "gcp-secret-manager",
        config: "kubernetes",
        environment: { gcp: { ...GCP, rotationNotices } },
        ...(ledger === undefined ? {} : { ledger }),
    });

const noticesOf = (rendering: Rendering, secret: string) => {
    const { topics, rotation } = one(rendering, secret).inputs;
    return { topics, rotation };
};

describe("the notices of GCP Secret Manager", function () {
    this.timeout("1 minute");

    it("go to one topic, which Secret Manager alone may publish on", async () => {
        const rendering = await shop(true);
        assert.deepEqual(rendering.diagnostics, []);
        const { labels, ...topic } = one(rendering, "Topic strongroom-prod-rotation").inputs;
        assert.deepEqual(topic, {
            name: "strongroom-prod-rotation",
            project: "shop-prod",
            messageStoragePolicy: { allowedPersistenceRegions: ["us-central1"] },
        });
        assert.equal((labels as { environment: string }).environment, "prod");
        const grant = one(rendering, "TopicIAMMember strongroom-prod-rotation-publish");
        assert.equal(grant.inputs["role"], "roles/pubsub.publisher");
        assert.match(grant.propertyDependencies["member"]?.join() ?? "", /::shop-prod-secretmanager$/);
    });

    it("come on the day that the ledger makes a document due, and each period after it", async () => {
        const rendering = await shop(true);
        assert.deepEqual(noticesOf(rendering, "Secret shop/db"), {
            topics: [{ name: TOPIC }],
            rotation: { nextRotationTime: "2026-12-30T00:00:00Z", rotationPeriod: "7776000s" },
        });
        assert.deepEqual(noticesOf(rendering, "Secret shop/jwt").rotation, {
            nextRotationTime: "2026-11-30T00:00:00Z",
            rotationPeriod: "7776000s",
        });
        const grant = one(rendering, "TopicIAMMember strongroom-prod-rotation-publish").urn;
        assert.ok(one(rendering, "Secret shop/db").dependencies.includes(grant));
    });

    it("move with a rotation, and with nothing else", async () => {
        const [before, after] = [await shop(true), await shop(true, "rotated.yaml")];
        assert.equal(
            (noticesOf(after, "Secret shop/db").rotation as { nextRotationTime: string }).nextRotationTime,
            "2027-02-27T00:00:00Z",
        );
        assert.deepEqual(noticesOf(after, "Secret shop/jwt"), noticesOf(before, "Secret shop/jwt"));
    });

    it("are not set for what has no entry in the ledger", async () => {
        const found = noticesOf(await shop(true), "Secret shop/vendor");
        assert.deepEqual(found, { topics: undefined, rotation: undefined });
    });

    it("are there only where somebody wants them", async () => {
        const rendering = await shop(false);
        assert.deepEqual(
            rendering.resources.filter(({ type }) => type.startsWith("gcp:pubsub")).map(kindAndName),
            [],
        );
        assert.deepEqual(noticesOf(rendering, "Secret shop/db"), { topics: undefined, rotation: undefined });
    });

    it("are a time of UTC and whole seconds", () => {
        assert.deepEqual(rotationSchedule("2026-12-30", Duration.parse("30 days")), {
            nextRotationTime: "2026-12-30T00:00:00Z",
            rotationPeriod: "2592000s",
        });
    });
});

describe("shortestPeriod", () => {
    const of = (...periods: (string | undefined)[]) =>
        shortestPeriod(periods.map((every) => ({ rotationClass: account, every })))?.toString();
    it("is the shortest, whatever its unit", () => {
        assert.equal(of("90 days", "4 weeks", undefined, "1 year"), "28 days");
    });
    it("is none where age rotates nothing", () => {
        assert.equal(of(undefined), undefined);
        assert.equal(of(), undefined);
    });
});
