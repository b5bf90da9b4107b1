using Dfx.Harness.Reporting.Figures;

namespace Dfx.Harness.Tests.Reporting.Figures;

/// <summary>Labels as names of files.</summary>
public sealed class FileNameTests
{
    private const string Letters = "ab-/_ .+AÄ速遅\u0130\0";

    private static readonly string[] s_confusable =
    [
        "DPM-Solver", "DPM-Solver++", "dpm-solver", "Dpm-Solver", "dpm solver", "dpm_solver", "Heun", "heun", "plain", "plain+", "速い", "遅い", "", " ", "-", "a/b", "a.b",
        "a-b", "../a", "a/../b", new('x', 500), new string('x', 500) + "y", "nul\0byte", "line\nfeed", "heun_5f2a9c01",
    ];

    [TestCase("heun", "samples-fashion-mnist_generate_heun")]
    [TestCase("dsm-edm", "samples-fashion-mnist_generate_dsm-edm")]
    [TestCase("inpaint/half", "samples-fashion-mnist_generate_inpaint.half")]
    public void Plain_labels_stand_as_they_are(string label, string name) => Assert.That(FileNames.Of("samples", ["fashion-mnist", "generate", label]), Is.EqualTo(name));

    [TestCase("DPM-Solver++", "^samples-d_dpm-solver_[0-9a-f]{8}$")]
    [TestCase("速い", "^samples-d__[0-9a-f]{8}$")]
    public void Where_something_is_lost_a_hash_says_so(string label, string name) => Assert.That(FileNames.Of("samples", ["d", label]), Does.Match(name));

    [Test]
    public void Labels_that_look_alike_have_names_of_their_own()
    {
        var names = s_confusable.SelectMany(a => s_confusable.Select(b => FileNames.Of("samples", [a, b, "heun"]))).ToList();
        Assert.That(names, Is.Unique);
        Assert.That(names, Is.All.Match("^[a-z0-9][a-z0-9._-]*$").And.All.Length.LessThanOrEqualTo(FileNames.Longest));
        Assert.That(names.DistinctBy(name => name.ToUpperInvariant()).Count(), Is.EqualTo(names.Count), "file systems that know no case");
    }

    [Test]
    public void Random_labels_have_names_of_their_own([Range(1, 3)] int seed)
    {
        var random = new Random(seed);
        var lists = Enumerable.Range(0, 20_000).Select(_ => (A: Label(), B: Label())).Distinct().ToList();
        Assert.That(lists.Select(list => FileNames.Of("nfe", [list.A, list.B])).Distinct().Count(), Is.EqualTo(lists.Count));

        string Label() => string.Concat(random.GetItems(Letters.ToCharArray(), random.Next(1, 5)));
    }

    [Test]
    public void A_setting_makes_another_name_and_the_labels_stay_to_be_read() =>
        Assert.That(FileNames.Of("nfe", ["fd"], "16 samples"), Does.StartWith("nfe-fd_").And.Not.EqualTo(FileNames.Of("nfe", ["fd"], "999 samples")));
}
