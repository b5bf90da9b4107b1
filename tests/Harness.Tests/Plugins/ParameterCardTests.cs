using Dfx.Harness.Plugins;

namespace Dfx.Harness.Tests.Plugins;

/// <summary>Scalars of matrix files against the cards of parameters.</summary>
public sealed class ParameterCardTests
{
    private static readonly string[] s_choices = ["ve", "vp", "edm"];

    [TestCase(nameof(ParameterType.Bool), "true", "true")]
    [TestCase(nameof(ParameterType.Int), "+007", "7")]
    [TestCase(nameof(ParameterType.Int), "-2147483648", "-2147483648")]
    [TestCase(nameof(ParameterType.Long), "9223372036854775807", "9223372036854775807")]
    [TestCase(nameof(ParameterType.Double), "1e-3", "0.001")]
    [TestCase(nameof(ParameterType.Double), "2", "2")]
    [TestCase(nameof(ParameterType.Double), "-0.0", "0")]
    [TestCase(nameof(ParameterType.Double), "0.1", "0.1")]
    [TestCase(nameof(ParameterType.Text), " any: text ", " any: text ")]
    [TestCase(nameof(ParameterType.Choice), "edm", "edm")]
    public void A_value_has_one_text(string type, string text, string canonical)
    {
        var card = Card(Enum.Parse<ParameterType>(type));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(card.TryParse(text, out var parsed, out var error), Is.True, error);
            Assert.That(parsed, Is.EqualTo(canonical));
            Assert.That(card.TryParse(parsed, out var again, out _) && again == parsed, Is.True, "The canonical text stands for itself.");
        }
    }

    [TestCase(nameof(ParameterType.Bool), "true", null, null, false, "false")]
    [TestCase(nameof(ParameterType.Choice), "ve", null, null, false, "vp")]
    [TestCase(nameof(ParameterType.Choice), "vp", null, null, false, "ve")]
    [TestCase(nameof(ParameterType.Int), "3", null, null, false, "4")]
    [TestCase(nameof(ParameterType.Int), "3", 1.0, 3.0, false, "2")]
    [TestCase(nameof(ParameterType.Int), "3", 3.0, 3.0, false, null)]
    [TestCase(nameof(ParameterType.Int), "3", 3.0, 3.0, true, "null")]
    [TestCase(nameof(ParameterType.Long), "2147483647", null, null, false, "2147483648")]
    [TestCase(nameof(ParameterType.Double), "0.5", 0.0, 1.0, false, "0.25")]
    [TestCase(nameof(ParameterType.Double), null, 2.0, 9.0, true, "2")]
    [TestCase(nameof(ParameterType.Text), "a", null, null, false, null)]
    [TestCase(nameof(ParameterType.Text), "a", null, null, true, "null")]
    public void Another_value_than_the_default_is_found(string type, string? given, double? low, double? high, bool nullable, string? another)
    {
        var card = Card(Enum.Parse<ParameterType>(type)) with { Default = given, Minimum = low, Maximum = high, Nullable = nullable };
        Assert.That(card.AnotherValue, Is.EqualTo(another));
    }

    [TestCase(nameof(ParameterType.Bool), "yes", "must be true or false, not 'yes'")]
    [TestCase(nameof(ParameterType.Bool), "null", "must be true or false, not 'null'")]
    [TestCase(nameof(ParameterType.Int), "3.5", "must be a whole number, not '3.5'")]
    [TestCase(nameof(ParameterType.Int), "", "must be a whole number, not ''")]
    [TestCase(nameof(ParameterType.Int), "2147483648", "must lie in -2147483648 to 2147483647, not 2147483648")]
    [TestCase(nameof(ParameterType.Long), "9223372036854775808", "must lie in -9223372036854775808 to 9223372036854775807, not 9223372036854775808")]
    [TestCase(nameof(ParameterType.Double), "nan", "must be a finite number, not 'nan'")]
    [TestCase(nameof(ParameterType.Double), "1e999", "must be a finite number, not '1e999'")]
    [TestCase(nameof(ParameterType.Double), "1,5", "must be a finite number, not '1,5'")]
    [TestCase(nameof(ParameterType.Choice), "edn", "must be one of ve, vp, edm, not 'edn'; the nearest is edm")]
    [TestCase(nameof(ParameterType.Choice), "EDM", "must be one of ve, vp, edm, not 'EDM'; the nearest is ve")]
    public void What_is_wrong_is_said(string type, string text, string expected)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Card(Enum.Parse<ParameterType>(type)).TryParse(text, out _, out var error), Is.False);
            Assert.That(error, Is.EqualTo(expected));
        }
    }

    [TestCase(1.0, 65536.0, false, false, "0", "must lie in 1 to 65536, not 0")]
    [TestCase(1.0, 65536.0, false, false, "65537", "must lie in 1 to 65536, not 65537")]
    [TestCase(1.0, 65536.0, false, false, "99999999999", "must lie in 1 to 65536, not 99999999999")]
    [TestCase(1.0, 65536.0, true, false, "1", "must lie in 1 to 65536, 1 excluded, not 1")]
    [TestCase(1.0, 65536.0, true, true, "65536", "must lie in 1 to 65536, both excluded, not 65536")]
    [TestCase(1.0, null, false, false, "0", "must be 1 or more, not 0")]
    [TestCase(0.0, null, true, false, "0", "must be above 0, not 0")]
    [TestCase(null, 5.0, false, true, "5", "must be below 5, not 5")]
    [TestCase(1.0, 65536.0, false, false, "1", "")]
    [TestCase(1.0, 65536.0, false, false, "65536", "")]
    [TestCase(0.0, null, true, false, "1", "")]
    public void A_range_is_kept(double? low, double? high, bool lowOut, bool highOut, string text, string expected)
    {
        var card = Card(ParameterType.Int) with { Minimum = low, Maximum = high, MinimumIsExclusive = lowOut, MaximumIsExclusive = highOut };
        _ = card.TryParse(text, out _, out var error);
        Assert.That(error, Is.EqualTo(expected));
    }

    [TestCase("null")]
    [TestCase("~")]
    public void Nothing_is_a_value_where_it_is_allowed(string text)
    {
        var card = Card(ParameterType.Double) with { Nullable = true, Minimum = 1 };
        Assert.That(card.TryParse(text, out var canonical, out var error) ? canonical : error, Is.EqualTo("null"));
    }

    [TestCase("ReferenceBatch", "reference-batch")]
    [TestCase("UseEMAWeights", "use-ema-weights")]
    [TestCase("SigmaMin", "sigma-min")]
    [TestCase("VE", "ve")]
    [TestCase("Size28", "size28")]
    [TestCase("S", "s")]
    [TestCase("Line_Width", "line-width")]
    public void Names_become_kebab_case(string name, string kebab) => Assert.That(KebabCase.Of(name), Is.EqualTo(kebab));

    [TestCase("stf", true)]
    [TestCase("dpm-solver-3", true)]
    [TestCase("inpaint/half", true)]
    [TestCase("", false)]
    [TestCase("Stf", false)]
    [TestCase("a--b", false)]
    [TestCase("-a", false)]
    [TestCase("a-", false)]
    [TestCase("a/", false)]
    [TestCase("/a", false)]
    [TestCase("a_b", false)]
    [TestCase("ä", false)]
    public void Ids_are_kebab_case(string id, bool valid) => Assert.That(KebabCase.Is(id, slashes: true), Is.EqualTo(valid));

    [Test]
    public void Options_are_complete_canonical_and_sorted()
    {
        var options = TestPlugins.Type(PluginKind.Dataset, "test-shapes").ResolveOptions(new Dictionary<string, string> { ["train"] = "+12" });
        Assert.That(options.Select(o => $"{o.Key}={o.Value}"), Is.EqualTo(new[] { "size=8", "test=64", "train=12" }));
    }

    [TestCase("test-shapes", "sise", "8", "dataset test-shapes has no parameter 'sise'; the nearest is 'size'")]
    [TestCase("test-shapes", "size", "3", "dataset test-shapes: size must lie in 4 to 64, not 3")]
    public void Options_that_do_not_fit_are_refused(string id, string name, string text, string message) => Assert.That(
        () => TestPlugins.Type(PluginKind.Dataset, id).ResolveOptions(new Dictionary<string, string> { [name] = text }),
        Throws.TypeOf<OptionException>().With.Message.EqualTo(message));

    private static ParameterCard Card(ParameterType type) =>
        new("name", "Name", type, false, null, null, null, "", type == ParameterType.Choice ? s_choices : []);
}
