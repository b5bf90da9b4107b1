using System.Reflection;

namespace Dfx.Torch.Tests.Functions.Gradients;

/// <summary>A newly bound function needs a line in the gradient table, or a reason why it has no gradient.</summary>
public sealed class GradientCompletenessTests
{
    private static readonly HashSet<MethodBase> s_covered = [.. GradientTests.Table.SelectMany(c => c.Covers)];

    [Test]
    public void Every_overload_is_checked_or_excused()
    {
        var missing = PublicFunctions.All.Where(m => !s_covered.Contains(m) && !Excused(m)).Select(PublicFunctions.Describe).ToList();
        Assert.That(missing, Is.Empty, string.Join('\n', missing));
    }

    [Test]
    public void Nothing_is_excused_that_is_checked_or_gone()
    {
        var names = PublicFunctions.All.Select(m => m.Name).ToHashSet();
        var stale = WithoutGradient.Reasons.Keys.Where(k => !names.Contains(k) || s_covered.Any(m => m.Name == k)).ToList();
        Assert.That(stale, Is.Empty, string.Join('\n', stale));
    }

    [Test]
    public void Every_case_calls_a_function_that_it_names()
    {
        var empty = GradientTests.Table.Where(c => !c.Covers.Any()).Select(c => string.Join(' ', c.Names)).ToList();
        Assert.That(empty, Is.Empty, string.Join('\n', empty));
    }

    private static bool Excused(MethodBase method) => WithoutGradient.Reasons.ContainsKey(method.Name);
}
