namespace Dfx.Sdk;

/// <summary>The card of an <see cref="IMethod{TModel}"/>.</summary>
/// <inheritdoc cref="CardAttribute" path="/param"/>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class MethodAttribute(string id, string title) : CardAttribute(id, title)
{
    /// <summary>
    /// Whether it builds on a trained model, as statistics or a second network that are fitted to a frozen denoiser do. A matrix names that
    /// model as its <c>source</c>, and the host hands it in as <see cref="ModelContext.Source"/>.
    /// </summary>
    public bool NeedsSource { get; init; }
}
