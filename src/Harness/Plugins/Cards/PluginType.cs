using Dfx.Numerics.Files;
using Dfx.Sdk;

namespace Dfx.Harness.Plugins;

/// <summary>A plugin type: its card, read from metadata. Nothing of it has run.</summary>
/// <param name="Kind">Which interface it implements.</param>
/// <param name="Id">What a matrix file calls it.</param>
/// <param name="Title">What tables and figures call it.</param>
/// <param name="Paper">Authors, venue, year; empty if there is none.</param>
/// <param name="TypeName">Its full name in the assembly.</param>
/// <param name="File">The file that holds it.</param>
/// <param name="Parameters">In the order of the options record.</param>
/// <param name="Models">What a method trains (one) or a sampler accepts (one or several); empty for other kinds.</param>
/// <param name="Metrics">What a metric compares; none for other kinds.</param>
/// <param name="Traits">What else its card declares.</param>
/// <param name="Collection">What a correction collects of its source, in a word; empty if it collects nothing.</param>
internal sealed record PluginType(
    PluginKind Kind,
    string Id,
    string Title,
    string Paper,
    string TypeName,
    PluginFile File,
    IReadOnlyList<ParameterCard> Parameters,
    IReadOnlyList<ModelKind> Models,
    MetricKinds Metrics = MetricKinds.None,
    PluginTraits Traits = PluginTraits.None,
    string Collection = "")
{
    /// <summary>How messages name it, such as <c>method stf</c>.</summary>
    internal string Label => $"{Kind.ToString().ToLowerInvariant()} {Id}";

    /// <summary>All its options: what was given, validated, and the defaults of the rest.</summary>
    /// <param name="given">Parameter names and scalars as they stand in a matrix file.</param>
    /// <returns>Canonical texts, sorted by name.</returns>
    /// <exception cref="OptionException">A name is unknown or a value is not valid.</exception>
    internal IReadOnlyDictionary<string, string> ResolveOptions(IReadOnlyDictionary<string, string> given)
    {
        var options = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in Parameters)
        {
            options[parameter.Name] = parameter.Default ?? ParameterCard.NullText;
        }

        foreach (var (name, text) in given)
        {
            options[name] = Parameter(name).TryParse(text, out var canonical, out var error)
                ? canonical
                : throw new OptionException($"{Label}: {name} {error}");
        }

        return options;
    }

    /// <summary>What changes only how its trained models or corrections are used.</summary>
    internal IEnumerable<ParameterCard> Inference => Parameters.Where(parameter => parameter.Inference);

    /// <summary>The options that its models or corrections are trained with: of those that change only how they are used, the defaults.</summary>
    internal IReadOnlyDictionary<string, string> Trained(IReadOnlyDictionary<string, string> options) =>
        ResolveOptions(options.Where(option => !Parameter(option.Key).Inference).ToDictionary());

    /// <summary>The options that its collection is made with: of those that do not decide what is collected, the defaults.</summary>
    internal IReadOnlyDictionary<string, string> Collected(IReadOnlyDictionary<string, string> options) =>
        ResolveOptions(options.Where(option => Parameter(option.Key).Collects).ToDictionary());

    /// <summary>The parameter of a name.</summary>
    /// <exception cref="OptionException">There is none; the message has the nearest name.</exception>
    internal ParameterCard Parameter(string name) => Parameters.FirstOrDefault(p => p.Name == name)
        ?? throw new OptionException(NearestName.Of(name, Parameters.Select(p => p.Name)) is { } nearest
            ? $"{Label} has no parameter '{name}'; the nearest is '{nearest}'"
            : $"{Label} has no parameter '{name}': it has none");
}
