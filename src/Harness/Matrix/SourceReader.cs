using Dfx.Harness.Plugins;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Matrix;

/// <summary>Reads corrections and analyses, which refer to methods: by the label or id of one of the matrix, or by an entry of their own.</summary>
internal sealed class SourceReader(ChoiceReader choices, IReadOnlyList<MethodEntry> methods, Func<YamlValue, MethodEntry> readMethod)
{
    private static readonly string[] s_ground = ["dataset", "datasets", "task", "tasks", "seed", "seeds"];

    /// <summary>Reads which cells a correction is limited to; null where none is read.</summary>
    internal CellFilterReader? Filters { get; init; }

    /// <summary><c>none</c> is null.</summary>
    internal CorrectionEntry? Correction(YamlValue value)
    {
        if (!value.IsMap && value.Text() == "none")
        {
            return null;
        }

        var choice = choices.Open(PluginKind.Correction, value, out var map);
        var source = map?.Find("source");
        var teacher = map?.Find("teacher");
        var entry = new CorrectionEntry(
            choice,
            source is null || (!source.IsMap && source.Text() == "self") ? null : Method(source),
            teacher is null ? null : Teacher(teacher),
            map?.Find("training"))
        {
            Only = map?.Find("only") is { } only && Filters is not null ? Filters.Read(only) : CellFilter.All,
        };
        map?.Finish();
        CheckTeacher(choice, value, teacher);
        return choice.Type.Traits.HasFlag(PluginTraits.Untrained) ? Untrained(choice, source, teacher, map?.Find("training"), entry) : entry;
    }

    private static void CheckTeacher(Choice choice, YamlValue value, YamlValue? teacher)
    {
        if (teacher is null && choice.Type.Traits.HasFlag(PluginTraits.NeedsTeacher))
        {
            throw value.Place.Error($"{choice.Id} learns from a larger correction: name it, such as teacher: {{ correction: residual }}");
        }

        if (teacher is not null && choice.Type.Traits.HasFlag(PluginTraits.LearnsAlone))
        {
            throw teacher.Place.Error($"{choice.Id} learns from no other correction: remove its 'teacher'");
        }
    }

    /// <summary>What learns nothing has nothing to learn from.</summary>
    private static CorrectionEntry Untrained(Choice choice, YamlValue? source, YamlValue? teacher, YamlValue? training, CorrectionEntry entry) =>
        (source ?? teacher ?? training) is { } odd ? throw odd.Place.Error($"{choice.Label} learns nothing: remove its '{odd.Name}'") : entry;

    internal AnalysisEntry Analysis(YamlValue value)
    {
        var choice = choices.Open(PluginKind.Analysis, value, out var map);
        var method = map?.Find("method");
        var entry = new AnalysisEntry(choice, method is null ? null : Method(method));
        map?.Finish();
        return entry;
    }

    private CorrectionEntry Teacher(YamlValue value) => Correction(value) switch
    {
        null => throw value.Wrong("a correction"),
        { Choice: { Label: var label } choice } when choice.Type.Traits.HasFlag(PluginTraits.Untrained) => throw value.Place.Error($"{label} learns nothing, so there is nothing to learn from it: name a correction that is trained"),
        { Source: not null } => throw value.Place.Error("a teacher learns from its pupil's source: remove its 'source'"),
        { Only: var only } when only != CellFilter.All => throw value.Place.Error("a teacher is applied in no cell: remove its 'only'"),
        var teacher => teacher,
    };

    /// <summary>A method by its label or id, or an entry of its own.</summary>
    internal MethodEntry Method(YamlValue value) => value.IsMap ? readMethod(WithoutGround(value)) : Named(value) ?? readMethod(value);

    /// <summary>Models that build on each other share what they learn from, and so do a correction, its source and its target.</summary>
    private static YamlValue WithoutGround(YamlValue value) => s_ground.Select(value.Map().Find).FirstOrDefault(found => found is not null) is { } other
        ? throw other.Place.Error($"a {value.Name} has the dataset, task and seed of what names it: remove '{other.Name}'; what it learned from other data is a matrix of its own")
        : value;

    /// <summary>A method of the matrix by its label or id.</summary>
    internal MethodEntry Known(YamlValue value) => Named(value) ?? throw value.Place.Error(
        $"the matrix has no method '{value.Text()}'; the nearest is '{NearestName.Of(value.Text(), methods.Select(m => m.Choice.Label))}'");

    private MethodEntry? Named(YamlValue value)
    {
        var name = value.Text();
        var named = methods.Where(m => m.Choice.Label == name).ToList();
        named = named.Count > 0 ? named : [.. methods.Where(m => m.Choice.Id == name)];
        return named switch
        {
            [] => null,
            [var one] => one,
            _ => throw value.Place.Error($"'{name}' means several methods: {string.Join(", ", named.Select(m => $"'{m.Choice.Label}'"))}; name one"),
        };
    }
}
