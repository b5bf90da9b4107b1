using System.Text.RegularExpressions;
using Dfx.Harness.Reporting.Claims;

namespace Dfx.Harness.Tests.Reporting.Definitions;

/// <summary>
/// The claims of the checkout's plugins against its matrices. A claim that finds nothing to compare is undecided for ever, and nobody is told that a misspelt option or an
/// entry that is no longer there is why.
/// </summary>
[TestFixture]
internal sealed partial class PluginClaimTests
{
    private static readonly string s_plugins = Path.Combine(Repository.Root, "plugins");

    /// <summary>Pages whose table of experiments names matrices without the plugin's prefix.</summary>
    private static readonly (string Page, string Plugin, string Prefix)[] s_pages =
        [("soft-diffusion.md", "SoftDiffusion", "soft-"), ("compensation.md", "Compensation", "cs-")];

    private static IEnumerable<TestCaseData> Claims() =>
        from folder in Directory.EnumerateDirectories(s_plugins).Order()
        let file = Path.Combine(folder, "claims.yaml")
        where File.Exists(file)
        from claim in ClaimReader.Read(file)
        select new TestCaseData(claim).SetArgDisplayNames(claim.Id);

    private static IEnumerable<TestCaseData> Experiments() =>
        from page in s_pages
        from line in File.ReadLines(Path.Combine(Repository.Root, "docs", page.Page)).SkipWhile(line => line != "## Experiments")
        let cells = line.Split(" | ").Select(cell => cell.Trim('|', ' ')).ToArray()
        where cells.Length == 4 && Id().IsMatch(cells[0])
        select new TestCaseData(page.Plugin, page.Prefix, cells[2], cells[3]).SetArgDisplayNames(cells[0]);

    [TestCaseSource(nameof(Claims))]
    public void Every_claim_has_something_to_compare_in_a_matrix(ClaimDefinition claim) =>
        Assert.That(PlannedMatrix.All.Where(matrix => matrix.Value.Has(claim)).Select(matrix => matrix.Key), Is.Not.Empty);

    /// <summary>The entries that stand behind a matrix are of that matrix, and each claim compares something in one of the row's.</summary>
    [TestCaseSource(nameof(Experiments))]
    public void What_an_experiment_names_is_there(string plugin, string prefix, string matrices, string reported)
    {
        var named = matrices.Split(';').SelectMany(part => Named(part, prefix)).ToList();
        foreach (var (matrix, entry) in named)
        {
            Assert.That(PlannedMatrix.All, Does.ContainKey(matrix));
            Assert.That(entry is null ? [] : PlannedMatrix.All[matrix].Names, entry is null ? Is.Empty : Does.Contain(entry), matrix);
        }

        var claims = ClaimReader.Read(Path.Combine(s_plugins, plugin, "claims.yaml")).ToDictionary(claim => claim.Id);
        var lost = Words().Matches(reported).Select(word => word.Groups["word"].Value).Where(claims.ContainsKey)
            .Where(id => !named.Exists(place => PlannedMatrix.All[place.Matrix].Has(claims[id])));
        Assert.That(lost, Is.Empty);
    }

    // "small, gpu: `soft`, `dsm-ve` at 16" names two entries of two matrices.
    private static IEnumerable<(string Matrix, string? Entry)> Named(string part, string prefix)
    {
        var halves = part.Split(':', 2);
        var entries = halves.Length < 2 ? [] : Words().Matches(halves[1]).Select(word => (string?)word.Groups["word"].Value).ToList();
        return from name in halves[0].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
               from entry in entries.DefaultIfEmpty(null)
               select (PlannedMatrix.All.ContainsKey(prefix + name) ? prefix + name : name, entry);
    }

    [GeneratedRegex("`(?<word>[a-z0-9.-]+)`")]
    private static partial Regex Words();

    [GeneratedRegex("^[A-Z]+[0-9]+$")]
    private static partial Regex Id();
}
