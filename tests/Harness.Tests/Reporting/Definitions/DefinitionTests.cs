using Dfx.Harness.Plugins;
using Dfx.Harness.Reporting.Definitions;
using Dfx.Harness.Tests.Plugins;

namespace Dfx.Harness.Tests.Reporting.Definitions;

/// <summary>Tables, claims and published rows on their way from a plugin to a results folder.</summary>
public sealed class DefinitionTests
{
    private const string Table = "{ id: t, title: t, paper: p, source: cited, columns: [{ title: c }], rows: [{ title: r }] }";

    [TestCase("dsm*", "dsm process=ve", true)]
    [TestCase("*ve", "dsm process=ve", true)]
    [TestCase("d*=*e", "dsm process=ve", true)]
    [TestCase("*", "", true)]
    [TestCase("dsm", "dsm process=ve", false)]
    [TestCase("!none", "residual", true)]
    [TestCase("!none", "none", false)]
    public void Patterns(string pattern, string text, bool matches) => Assert.That(Glob.Matches(pattern, text), Is.EqualTo(matches));

    /// <summary>A row that names another sampler than its table has that one's options alone: none of them is the table's.</summary>
    [TestCase("dsm", "steps", "5", "1 5")]
    [TestCase("soft", "steps", "5", "5")]
    [TestCase(null, "steps", "5", "1 5")]
    [TestCase("soft", "clip", "5", "5")]
    public void Another_id_has_other_options(string? id, string option, string value, string expected)
    {
        AxisPattern pattern = new(null, new Dictionary<string, IReadOnlyList<string>> { ["id"] = ["dsm"], ["eta"] = ["1"] });
        var options = new Dictionary<string, IReadOnlyList<string>> { [option] = [value] };
        if (id is not null)
        {
            options["id"] = [id];
        }

        var special = pattern.With(new(null, options));
        Assert.That(special.Options["id"], Is.EqualTo(new[] { id ?? "dsm" }));
        Assert.That(string.Join(' ', special.Options.Where(o => o.Key != "id").Select(o => o.Value[0]).Order()), Is.EqualTo(expected));
    }

    [Test]
    public void A_run_copies_what_its_plugins_bring_and_what_they_cite_of_others()
    {
        using var scratch = new ScratchFolder();
        scratch.Write("Own/tables/t.yaml", Table);
        scratch.Write("Own/claims.yaml", "claims: []");
        scratch.Write("Own/Own.dll", "");
        scratch.Write("Other/published/cited.csv", "table,value\na,1\n");
        scratch.Write("Other/published/unused.csv", "table,value\na,1\n");
        scratch.Write("out/Old/claims.yaml", "left from an earlier run");
        DefinitionFiles.Copy([("Own", scratch.At("Own"))], [scratch.At("Own"), scratch.At("Other")], scratch.At("out"));
        var copied = Directory.EnumerateFiles(scratch.At("out"), "*", SearchOption.AllDirectories).Select(p => Path.GetRelativePath(scratch.At("out"), p)).Order();
        Assert.That(copied, Is.EqualTo(new[] { "Own/claims.yaml", "Own/published/cited.csv", "Own/tables/t.yaml" }));
        Assert.That(DefinitionSet.Read(scratch.At("out")).Tables.Single().Published.Count, Is.EqualTo(1));
    }

    [Test]
    public void A_broken_definition_costs_itself_alone()
    {
        using var scratch = new ScratchFolder();
        scratch.Write("d/P/tables/a.yaml", "{ id: a");
        scratch.Write("d/P/tables/b.yaml", Table);
        scratch.Write("d/P/claims.yaml", "claims: [{ id: x }]");
        scratch.Write("d/P/published/cited.csv", "table,value\na,1\n");
        scratch.Write("d/Q/tables/c.yaml", Table);
        scratch.Write("d/Q/published/cited.csv", "table,value\na,1\n");
        var set = DefinitionSet.Read(scratch.At("d"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(set.Tables.Select(t => t.Definition.Id), Is.EqualTo(new[] { "t" }));
            Assert.That(set.Problems, Has.Count.EqualTo(3));
            Assert.That(set.Problems[0], Does.Contain("a.yaml:2:1: this is no valid YAML"));
            Assert.That(set.Problems[1], Does.Contain("claims.yaml:1:").And.Contain("lacks 'says'"));
            Assert.That(set.Problems[2], Does.Contain("'t' is defined twice"));
        }
    }

    [Test]
    public void A_table_whose_published_rows_are_missing_says_so_and_shows_what_was_measured()
    {
        using var scratch = new ScratchFolder();
        scratch.Write("d/P/tables/b.yaml", Table);
        var set = DefinitionSet.Read(scratch.At("d"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(set.Tables.Single().Published.Count, Is.Zero);
            Assert.That(set.Problems.Single(), Does.Contain("b.yaml:1:38: the source 'cited' has no rows: published/cited.csv is in no plugin's folder"));
        }
    }

    [TestCase("id: t", "id: ../t", "t.yaml:1:")]
    [TestCase("id: t", "id: .", "t.yaml:1:")]
    [TestCase("id: t", "id: LONG", "for it names a file")]
    [TestCase("source: cited", "source: ../../secret", "for it names a file")]
    [TestCase("source: cited", "each: [dataset, dataset]", "coordinates that differ")]
    [TestCase("source: cited", "each: [datasets]", "the nearest is 'dataset'")]
    [TestCase("rows: [{ title: r }]", "rows: &a [{ title: r, rows: *a }]", "nested more than 50 deep")]
    [TestCase("rows: [{ title: r }]", "rows: [{ title: r, less: &q { less: *q } }]", "nested more than 50 deep")]
    public void A_definition_that_would_break_reports_costs_itself_alone(string right, string wrong, string why)
    {
        using var scratch = new ScratchFolder();
        scratch.Write("d/P/tables/t.yaml", Table.Replace(right, wrong.Replace("LONG", new('x', 300), StringComparison.Ordinal), StringComparison.Ordinal));
        scratch.Write("d/P/claims.yaml", "claims: []");
        var set = DefinitionSet.Read(scratch.At("d"));
        Assert.That(set.Tables, Is.Empty);
        Assert.That(set.Problems, Has.Count.EqualTo(1));
        Assert.That(set.Problems[0], Does.Contain("t.yaml:1:").And.Contain(why));
    }

    [Test]
    public void Published_rows_of_another_length_are_named_and_the_others_stay()
    {
        using var scratch = new ScratchFolder();
        scratch.Write("d/P/tables/t.yaml", Table);
        scratch.Write("d/P/published/cited.csv", "table,value\na,1\nb\nc,2\n");
        var set = DefinitionSet.Read(scratch.At("d"));
        Assert.That(set.Tables.Single().Published.Count, Is.EqualTo(2));
        Assert.That(set.Problems.Single(), Does.EndWith("published/cited.csv: line 3 has 1 fields, the header has 2; such rows are left out"));
    }

    /// <summary>A claim that is worded better must not make a night's results stale.</summary>
    [Test]
    public void Definitions_are_no_part_of_a_plugins_content()
    {
        using var scratch = new ScratchFolder();
        var plugin = new PluginFile(scratch.Copy(TestPlugins.Dll("Sample"), "X/X.dll"), OwnsFolder: true);
        var before = plugin.ContentHash;
        scratch.Write("X/tables/t.yaml", Table);
        scratch.Write("X/claims.yaml", "claims: []");
        scratch.Write("X/published/p.csv", "a");
        Assert.That(plugin.ContentHash, Is.EqualTo(before));
        scratch.Write("X/tables/weights.bin", "code may read this");
        Assert.That(plugin.ContentHash, Is.Not.EqualTo(before));
    }
}
