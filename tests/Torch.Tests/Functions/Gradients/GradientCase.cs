using System.Reflection;

namespace Dfx.Torch.Tests.Functions.Gradients;

/// <summary>Makes one input of a case; the same generator state gives the same input.</summary>
internal delegate torch.Tensor Input(torch.Generator random);

/// <summary>A differentiable function and inputs at which its derivative exists.</summary>
/// <param name="Names">The bound functions that the case is about, without the underscore of in-place forms.</param>
/// <param name="Note">What sets the case apart from others of the same function.</param>
/// <param name="Body">The lambda as it was written; its IL says which overload it calls.</param>
/// <param name="Function">The lambda as a function of all inputs.</param>
/// <param name="Inputs">How the inputs are made.</param>
/// <param name="Flat">Whether the derivative is zero wherever it exists.</param>
internal sealed record GradientCase(
    string[] Names, string Note, MethodInfo Body, Func<torch.Tensor[], torch.Tensor> Function, Input[] Inputs, bool Flat)
{
    /// <summary>The public overloads that this case exercises.</summary>
    internal IEnumerable<MethodBase> Covers => CalledMethods.Of(Body)
        .Where(PublicFunctions.All.Contains)
        .Where(m => Names.Contains(PublicFunctions.NameOf(m)));

    /// <inheritdoc/>
    public override string ToString() =>
        string.Join(" and ", Covers.Select(PublicFunctions.Describe).Distinct()) + (Note.Length > 0 ? $": {Note}" : "");
}
