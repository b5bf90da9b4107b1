namespace Dfx.Sdk;

/// <summary>The card of an <see cref="ISampler{TModel}"/>.</summary>
/// <inheritdoc cref="CardAttribute" path="/param"/>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SamplerAttribute(string id, string title) : CardAttribute(id, title)
{
    /// <summary>
    /// Whether it decides for itself how often it evaluates the network, as solvers with error control do. Then it stands once in a matrix
    /// instead of once a budget, and the budget that it is handed is the host's safety limit.
    /// </summary>
    public bool Adaptive { get; init; }

    /// <summary>
    /// Whether it restores images with a model of plain generation, by imposing what is known on its states, as RePaint does. Then its cells
    /// use models that were trained for <c>generate</c>, and it does not apply to tasks of generation.
    /// </summary>
    public bool ImposesKnown { get; init; }
}
