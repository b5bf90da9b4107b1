using System.ComponentModel.DataAnnotations;
using Dfx.Sdk;

namespace Dfx.TestPlugins.BadCards;

// One type a rule that it breaks.
[Method("test-private", "No public constructor")]
public sealed class PrivateConstructor : TrivialMethod<IDenoiser>
{
    private PrivateConstructor()
    {
    }

    internal static PrivateConstructor Make() => new();
}

[Method("test-two", "Two public constructors")]
public sealed class TwoConstructors : TrivialMethod<IDenoiser>
{
    public TwoConstructors()
    {
    }

    public TwoConstructors(NoOptions options) => _ = options;
}

[Method("test-three", "Two arguments")]
public sealed class TwoArguments(NoOptions options, int more) : TrivialMethod<IDenoiser>
{
    internal string Text => $"{options} {more}";
}

[Method("Test_Id", "Bad id")]
public sealed class BadId : TrivialMethod<IDenoiser>;

[Method("test-untitled", " ")]
public sealed class Untitled : TrivialMethod<IDenoiser>;

[Sampler("test-no-interface", "Card without interface")]
public sealed class CardWithoutInterface : TrivialMethod<IDenoiser>;

public sealed class InterfaceWithoutCard : TrivialMethod<IDenoiser>;

[Method("test-internal", "Internal")]
internal sealed class InternalType : TrivialMethod<IDenoiser>;

[Method("test-abstract", "Abstract")]
public abstract class AbstractType : TrivialMethod<IDenoiser>;

[Method("test-model", "Model of its own kind")]
public sealed class OwnModel : TrivialMethod<TrivialDenoiser>;

public sealed record NoOptions;

public sealed record WithoutDefault(int Count);

public sealed record Unsupported(float Rate = 1);

public sealed record OutsideRange([Range(1, 10)] int Count = 11);

public sealed record RangeOfText([Range(1, 10)] string Word = "");

public sealed class NoRecord
{
    public int Count { get; init; }
}

[Method("test-without-default", "Without default")]
public sealed class WithoutDefaultMethod(WithoutDefault options) : TrivialMethod<IDenoiser>
{
    internal WithoutDefault Options => options;
}

[Method("test-unsupported", "Unsupported type")]
public sealed class UnsupportedMethod(Unsupported options) : TrivialMethod<IDenoiser>
{
    internal Unsupported Options => options;
}

[Method("test-outside", "Default outside the range")]
public sealed class OutsideRangeMethod(OutsideRange options) : TrivialMethod<IDenoiser>
{
    internal OutsideRange Options => options;
}

[Method("test-range-of-text", "Range of a text")]
public sealed class RangeOfTextMethod(RangeOfText options) : TrivialMethod<IDenoiser>
{
    internal RangeOfText Options => options;
}

[Method("test-no-record", "No record")]
public sealed class NoRecordMethod(NoRecord options) : TrivialMethod<IDenoiser>
{
    internal NoRecord Options => options;
}

public sealed record InferenceOfAnalysis([Inference] int Count = 1);

[Analysis("test-inference", "Inference of an analysis")]
public sealed class InferenceAnalysis(InferenceOfAnalysis options) : IAnalysis
{
    internal InferenceOfAnalysis Options => options;

    public AnalysisTable Run(AnalysisContext context) => throw new NotSupportedException();
}

public sealed record InferenceCollects([Inference][Collects] int Count = 1);

[Correction("test-inference-collects", "Inference that collects", Collection = "pairs")]
public sealed class InferenceCollecting(InferenceCollects options) : AnyCollecting
{
    internal InferenceCollects Options => options;
}

[Correction("test-inference-untrained", "Inference without training", Untrained = true)]
public sealed class InferenceUntrained(InferenceOfAnalysis options) : AnyCorrection
{
    internal InferenceOfAnalysis Options => options;
}

public sealed record CollectsOptions([Collects] int Count = 1);

public abstract class AnyCorrection : ICorrection
{
    public ITrainedCorrection Train(CorrectionContext context) => throw new NotSupportedException();

    public ITrainedCorrection Load(Checkpoint checkpoint, ModelContext context) => throw new NotSupportedException();
}

public abstract class AnyCollecting : AnyCorrection, ICollectingCorrection
{
    public void Collect(CollectionContext context) => throw new NotSupportedException();
}

[Method("test-collects-method", "Collects of a method")]
public sealed class CollectsOfMethod(CollectsOptions options) : TrivialMethod<IDenoiser>
{
    internal CollectsOptions Options => options;
}

[Correction("test-collects-nothing", "Collects without a collection")]
public sealed class CollectsNothing(CollectsOptions options) : AnyCorrection
{
    internal CollectsOptions Options => options;
}

[Correction("test-names-collection", "Collection without the interface", Collection = "pairs")]
public sealed class NamesCollection : AnyCorrection;

[Correction("test-no-collection", "Interface without a collection")]
public sealed class NamesNone : AnyCollecting;

[Correction("test-untrained-collection", "Untrained with a collection", Collection = "pairs", Untrained = true)]
public sealed class UntrainedCollection : AnyCollecting;

[Correction("test-bad-collection", "Bad word", Collection = "all pairs")]
public sealed class BadCollection : AnyCollecting;
