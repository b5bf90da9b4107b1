using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dfx.Baselines;
using Dfx.Harness.Tests;

namespace Dfx.SoftDiffusion.Tests.Definitions;

/// <summary>
/// The plugin's tables and claims ask for cells by ids and options. A host cannot know whether a name is misspelt or belongs to a plugin that is not
/// there, and a misspelt one would only never find anything.
/// </summary>
[TestFixture]
internal sealed partial class DefinitionNamesTests
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "plugins", "SoftDiffusion");

    /// <summary>The options of each method and sampler; of both, where they share an id.</summary>
    private static readonly Dictionary<string, PropertyInfo[]> s_options = new[] { typeof(SoftMethod), typeof(DdimSampler) }
        .SelectMany(type => type.Assembly.GetExportedTypes())
        .Where(type => type.GetCustomAttributes().Any(a => a is MethodAttribute or SamplerAttribute))
        .GroupBy(Id, type => type.GetConstructors().Single().GetParameters().SelectMany(p => p.ParameterType.GetProperties()))
        .ToDictionary(same => same.Key, same => same.SelectMany(options => options).ToArray());

    private static IEnumerable<string> Files() =>
        Directory.EnumerateFiles(s_folder, "*.yaml", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(s_folder, path)).Order();

    [TestCaseSource(nameof(Files))]
    public void Every_option_is_one_and_every_value_can_be_it(string file)
    {
        var queries = Queries().Matches(File.ReadAllText(Path.Combine(s_folder, file)));
        Assert.That(queries, Is.Not.Empty);
        foreach (Match query in queries)
        {
            var id = query.Groups["id"].Value;
            Assert.That(s_options, Does.ContainKey(id));
            foreach (var (name, value) in query.Groups["name"].Captures.Zip(query.Groups["value"].Captures))
            {
                var option = Array.Find(s_options[id], o => Kebab(o.Name) == name.Value);
                Assert.That(option, Is.Not.Null, $"{id} has no option {name}");
                Assert.That(CanBe(option!.PropertyType, value.Value.Trim('"')), Is.True, $"{name} of {id} cannot be {value}");
            }
        }
    }

    [TestCaseSource(nameof(Files))]
    public void Every_sampler_and_method_is_one(string file)
    {
        var ids = Plain().Matches(File.ReadAllText(Path.Combine(s_folder, file))).SelectMany(match => match.Groups["id"].Captures).Select(id => id.Value);
        Assert.That(ids, Is.SubsetOf(s_options.Keys));
    }

    /// <summary>Which table and which claim stand for which experiment is said in the documentation, of all and of no other.</summary>
    [Test]
    public void Every_table_and_claim_has_its_place_among_the_experiments()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "soft-diffusion.md"));
        var said = Names().Matches(page[page.IndexOf("## Experiments", StringComparison.Ordinal)..]).Select(match => match.Value.Trim('`')).ToHashSet();
        var ids = Files().SelectMany(file => Ids().Matches(File.ReadAllText(Path.Combine(s_folder, file)))).Select(match => match.Groups["id"].Value).ToList();
        Assert.That(ids, Is.SubsetOf(said));
        Assert.That(said.Except(["soft-schedule", "soft-means", "soft-strips", "soft-neighbours"]), Is.SubsetOf(ids));
    }

    [GeneratedRegex("`soft-[a-z0-9-]+`")]
    private static partial Regex Names();

    [GeneratedRegex(@"^(?:  - )?id: (?<id>[a-z0-9-]+)", RegexOptions.Multiline)]
    private static partial Regex Ids();

    // { id: soft, corruption: blur, sigma-max: "0.1" }
    [GeneratedRegex("""\{ id: (?<id>[a-z0-9-]+)(?:, (?<name>[a-z0-9-]+): (?<value>"[^"]*"|[^,}]+?))* \}""")]
    private static partial Regex Queries();

    // sampler: naive and sampler: [momentum, reverse-diffusion] of cells; what stands behind "published:" is the paper's.
    [GeneratedRegex("""(?:cell|cells|of|than): \{[^{}]*?\b(?:method|sampler): (?:(?<id>[a-z0-9-]+)|\[(?:(?<id>[a-z0-9-]+)(?:, )?)+\])[ ,}]""")]
    private static partial Regex Plain();

    private static string Id(Type type) => type.GetCustomAttributes().OfType<CardAttribute>().Single().Id;

    private static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);

    private static bool CanBe(Type type, string value) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        _ when value == "null" => Nullable.GetUnderlyingType(type) is not null,
        { IsEnum: true } choice => Enum.GetNames(choice).Any(name => Kebab(name) == value),
        var plain when plain == typeof(bool) => value is "true" or "false",
        _ => double.TryParse(value, CultureInfo.InvariantCulture, out var _),
    };
}
