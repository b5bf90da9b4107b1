namespace Dfx.Campaign;

/// <summary>The campaign in small.</summary>
[TestFixture]
public sealed class CampaignTests
{
    /// <summary>
    /// docs/reliability.md has what an hour of it gave. A seed of the day: what was not met yesterday may be met today. Plugins that misbehave wait for limits of time; they have tests of their own.
    /// </summary>
    [Test]
    public void Thirty_seconds_of_it_lose_nothing_and_make_nothing_wrong()
    {
        var seed = DateTime.UtcNow.DayOfYear;
        using var campaign = new Campaign([.. Part.All.Where(part => part is { Missing: null, Name: not "plugins" })], TimeSpan.FromSeconds(30), seed, 0, TestContext.Progress, [Scenario.Many]);
        campaign.Run(2);
        TestContext.Out.WriteLine(campaign.Table());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(campaign.Tallies.Values.Sum(tally => tally.Attempts), Is.GreaterThan(1000), "it disturbed");
            Assert.That(campaign.Tallies.Values.SelectMany(tally => tally.Lost), Is.Empty);
            Assert.That(campaign.Tallies.Values.SelectMany(tally => tally.Wrong), Is.Empty);
        }
    }
}
