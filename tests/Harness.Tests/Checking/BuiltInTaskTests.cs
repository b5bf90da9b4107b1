using Dfx.Data.Tasks;
using Dfx.Harness.Checking.Kinds;
using Dfx.Harness.Plugins;
using Dfx.Harness.Tests.Plugins;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Checking;

/// <summary>The host's own tasks keep the contract that plugins' tasks must keep, and can be named in a matrix.</summary>
public sealed class BuiltInTaskTests
{
    private static readonly IReadOnlyDictionary<string, Func<ITask>> s_tasks = new Dictionary<string, Func<ITask>>
    {
        ["inpaint/half"] = () => new HalfTask(),
        ["inpaint/completion"] = () => new CompletionTask(),
        ["inpaint/expand"] = () => new ExpandTask(new(KnownSide.Random)),
        ["inpaint/thick-line"] = () => new ThickLineTask(new()),
        ["inpaint/medium-line"] = () => new MediumLineTask(new()),
        ["inpaint/mixed"] = () => new MixedTask(new()),
        ["deocclude"] = () => new DeoccludeTask(new(Mask: true)),
    };

    private static readonly IEnumerable<string> s_ids = s_tasks.Keys;

    [TestCaseSource(nameof(s_ids))]
    public void They_pass_the_contract_test(string id) => Assert.That(Verdicts.Failed(TaskChecks.Of(s_tasks[id])), Is.Empty);

    [TestCaseSource(nameof(s_ids))]
    public void The_catalogue_has_them(string id) =>
        Assert.That(TestPlugins.Catalog.Find(PluginKind.Task, id)?.TypeName, Is.EqualTo(s_tasks[id]().GetType().FullName));

    [TestCase("inpaint/thick-line", "0.6")]
    [TestCase("inpaint/medium-line", "0.01")]
    [TestCase("inpaint/mixed", "0.6")]
    public void A_mask_larger_or_smaller_than_allowed_is_an_error_of_the_matrix(string task, string largest) => Assert.That(
        Matrix.Matrices.Error(("tasks", $"[{{ task: {task}, with: {{ largest: {largest} }} }}]")),
        Does.Contain("largest").And.Contain(largest).And.Contain("0.1").And.Contain("0.5"));

    [Test]
    public void A_misspelt_task_is_told_the_nearest() => Assert.That(
        Matrix.Matrices.Error(("tasks", "[inpaint/thick-lines]")),
        Does.Contain("inpaint/thick-lines").And.Contain("'inpaint/thick-line'"));
}
