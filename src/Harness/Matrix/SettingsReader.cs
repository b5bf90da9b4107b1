using System.Collections.Immutable;
using System.Globalization;
using Dfx.Diffusion;
using Dfx.Sdk;

namespace Dfx.Harness.Matrix;

/// <summary>Reads <c>network:</c> and <c>training:</c>. Given several mappings, the later override the earlier, key by key.</summary>
internal static class SettingsReader
{
    private static readonly (string Key, string Why)[] s_notOfCorrections =
    [
        ("augment", "a correction is trained on plain images"),
        ("flip", "a correction's images are mirrored as those of its source were"),
        ("precision", "a correction is trained in the precision that it chooses itself"),
    ];

    private const string AboveZero = "above 0";
    private const int MostImages = 1 << 20;
    private const long MostEvaluations = 1L << 50;
    private const string Fraction = "from 0 to below 1";

    internal static NetworkSettings Network(params IEnumerable<YamlValue?> layers)
    {
        var settings = new NetworkSettings();
        foreach (var layer in layers.OfType<YamlValue>())
        {
            settings = Network(layer.Map(), settings);
            if (UNets.Problem(settings) is { } problem)
            {
                throw layer.Place.Error($"this network cannot be built: {problem}");
            }
        }

        return settings;
    }

    internal static (TrainingSettings Settings, Precision? Precision) Training(YamlValue shared, params IEnumerable<YamlValue?> overrides)
    {
        var merged = Merged(shared, overrides);
        RefuseSameStep(shared, merged.Settings);
        return merged.Settings is { Flip: true, Augment: > 0 }
            ? throw shared.Place.Error("flip and augment together would mirror images twice, and augment already does: remove flip")
            : merged;
    }

    private static (TrainingSettings Settings, Precision? Precision) Merged(YamlValue shared, params IEnumerable<YamlValue?> overrides)
    {
        var map = shared.Map();
        var settings = new TrainingSettings { Steps = 0, Batch = map.Get("batch").Int(1, MostImages) };
        Precision? precision = null;
        foreach (var layer in overrides.Prepend(shared).OfType<YamlValue>())
        {
            (settings, precision) = Training(layer.Map(), settings, precision);
        }

        settings = WithBudget(shared, settings);
        RefuseUnequalParts(shared, settings);
        return (settings, precision);
    }

    /// <summary>A correction learns from trajectories: augmentation and checkpoints of the models are none of its own.</summary>
    internal static TrainingSettings OfCorrection(YamlValue shared, YamlValue? own)
    {
        foreach (var (key, why) in s_notOfCorrections)
        {
            if (own?.Map().Find(key) is { } odd)
            {
                throw odd.Place.Error($"{why}: remove {key}");
            }
        }

        var settings = Merged(shared, own).Settings with { Augment = 0, Checkpoints = [.. CheckpointsOf(own)] };
        RefuseSameStep(own ?? shared, settings);
        return settings;
    }

    /// <summary>The checkpoints of one mapping alone; without any, the end of the training.</summary>
    internal static IReadOnlyList<double> CheckpointsOf(YamlValue? layer) => layer?.Map().Find("checkpoints") is { } given ? Checkpoints(given) : [1.0];

    private static TrainingSettings WithBudget(YamlValue shared, TrainingSettings settings)
    {
        if (settings.Budget == 0)
        {
            throw shared.Place.Error("training has no budget: give steps, or evaluations (forward and backward passes on one image)");
        }

        var steps = settings.Evaluations is { } evaluations ? (evaluations + settings.Batch - 1) / settings.Batch : settings.Steps;
        return steps <= int.MaxValue
            ? settings with { Steps = (int)steps }
            : throw shared.Place.Error($"{settings.Evaluations} evaluations are {steps} steps of a batch of {settings.Batch}: at most {int.MaxValue} steps are run");
    }

    private static void RefuseUnequalParts(YamlValue shared, TrainingSettings settings)
    {
        var (batch, parts) = (settings.Batch, settings.Accumulate);
        if (batch % parts != 0)
        {
            var near = Enumerable.Range(1, batch).Where(n => batch % n == 0).MinBy(n => Math.Abs(n - parts));
            throw shared.Place.Error($"accumulate: {parts} does not split a batch of {batch} into equal parts: the nearest number that does is {near}");
        }
    }

    /// <summary>Two checkpoints of one step would be one file, and count as two seeds.</summary>
    private static void RefuseSameStep(YamlValue shared, TrainingSettings settings)
    {
        foreach (var (first, second) in settings.Checkpoints.Zip(settings.Checkpoints.Skip(1)))
        {
            if (settings.StepOf(first) == settings.StepOf(second))
            {
                throw shared.Place.Error(string.Create(
                    CultureInfo.InvariantCulture,
                    $"checkpoints {first} and {second} are the same step {settings.StepOf(second)} of {settings.Steps}: remove one of them"));
            }
        }
    }

    private static NetworkSettings Network(YamlMap map, NetworkSettings s)
    {
        var read = s with
        {
            Family = map.Read("family", s.Family, v => v.Text()),
            Channels = map.Read("channels", s.Channels, v => v.Int(4, 4096)),
            Multipliers = map.Read("multipliers", s.Multipliers, Multipliers),
            Blocks = map.Read("blocks", s.Blocks, v => v.Int(1, 64)),
            Attention = map.Read("attention", s.Attention, v => [.. v.Items().Select(i => i.Int(1, 4096))]),
            Dropout = map.Read("dropout", s.Dropout, v => v.Double(d => d is >= 0 and < 1, Fraction)),
        };
        map.Finish();
        return read;
    }

    private static (TrainingSettings Settings, Precision? Precision) Training(YamlMap map, TrainingSettings s, Precision? p)
    {
        s = WithoutOtherBudget(map, WithoutOtherAverage(map, s));
        var read = s with
        {
            Steps = map.Read("steps", s.Steps, v => v.Int(1, int.MaxValue)),
            Evaluations = map.Read("evaluations", s.Evaluations, v => v.Long(1, MostEvaluations)),
            Batch = map.Read("batch", s.Batch, v => v.Int(1, MostImages)),
            Accumulate = map.Read("accumulate", s.Accumulate, v => v.Int(1, MostImages)),
            Checkpoints = map.Read("checkpoints", s.Checkpoints, Checkpoints),
            LearningRate = map.Read("learning-rate", s.LearningRate, v => v.Double(d => d > 0, AboveZero)),
            WarmUp = map.Read("warm-up", s.WarmUp, v => v.Int(0, int.MaxValue)),
            Ema = map.Read("ema", s.Ema, v => Averages(v, d => d is >= 0 and < 1, Fraction)),
            EmaHalfLife = map.Read("ema-half-life", s.EmaHalfLife, v => Averages(v, d => d > 0, AboveZero)),
            EmaRampUp = map.Read("ema-ramp-up", s.EmaRampUp, v => v.Double(d => d is >= 0 and <= 1, "from 0 to 1")),
            Clip = map.Read("clip", s.Clip, v => v.Double(d => d > 0, AboveZero)),
            Flip = map.Read("flip", s.Flip, v => v.Bool()),
            Augment = map.Read("augment", s.Augment, v => v.Double(d => d is >= 0 and <= 1, "from 0 to 1")),
        };
        var precision = map.Read("precision", p, ReadPrecision);
        map.Finish();
        return read is { EmaRampUp: not null, EmaHalfLife.IsEmpty: true }
            ? throw map.Place.Error("ema-ramp-up belongs to ema-half-life: give that too, or remove it")
            : (read, precision);
    }

    /// <summary>Each of the two ways to say how weights are averaged takes the place of the other one of an earlier mapping.</summary>
    private static TrainingSettings WithoutOtherAverage(YamlMap map, TrainingSettings settings) => (map.Find("ema"), map.Find("ema-half-life")) switch
    {
        (not null, not null) => throw map.Place.Error("ema and ema-half-life say the same thing twice: remove one of them"),
        (not null, null) => settings with { EmaHalfLife = [], EmaRampUp = null },
        (null, not null) => settings with { Ema = [] },
        _ => settings,
    };

    /// <summary>So does each of the two units of a budget.</summary>
    private static TrainingSettings WithoutOtherBudget(YamlMap map, TrainingSettings settings) => (map.Find("steps"), map.Find("evaluations")) switch
    {
        (not null, not null) => throw map.Place.Error("steps and evaluations are two budgets of one training: remove one of them"),
        (not null, null) => settings with { Evaluations = null },
        (null, not null) => settings with { Steps = 0 },
        _ => settings,
    };

    private static ImmutableArray<int> Multipliers(YamlValue value)
    {
        ImmutableArray<int> items = [.. value.Items().Select(i => i.Int(1, 64))];
        return items.Length > 0 ? items : throw value.Wrong("at least one entry");
    }

    private static ImmutableArray<double> Averages(YamlValue value, Func<double, bool> fits, string range)
    {
        ImmutableArray<double> items = [.. value.Items().Select(i => i.Double(fits, range))];
        return !items.IsEmpty && items.Distinct().Count() == items.Length ? items : throw value.Wrong("one number or several different ones");
    }

    private static ImmutableArray<double> Checkpoints(YamlValue value)
    {
        var fractions = value.Items().Select(v => v.Double(d => d is > 0 and <= 1, "above 0 and at most 1")).ToImmutableArray();
        var rising = fractions.Zip(fractions.Skip(1)).All(pair => pair.First < pair.Second);
        return rising && fractions is [.., 1.0] ? fractions : throw value.Wrong("a rising list of fractions that ends with 1");
    }

    /// <summary>Null is <c>auto</c>: the device decides.</summary>
    private static Precision? ReadPrecision(YamlValue value) => value.Text() switch
    {
        "auto" => null,
        "float32" => Precision.Float32,
        "bfloat16" => Precision.Bfloat16,
        "tf32" => Precision.Tf32,
        _ => throw value.Wrong("auto, float32, bfloat16 or tf32"),
    };
}
